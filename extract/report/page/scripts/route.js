"use strict";
/* The way: an address says all that is shown. */
/** The views, and the element of each. */
const VIEWS = { articles: "articles", overview: "overview", facts: "facts-over" };
function go(id, record) {
  location.hash = "#/a/" + enc(id) + (record ? "/" + enc(record) : "");
}
async function route() {
  const parts = location.hash
    .replace(/^#\/?/, "")
    .split("/")
    .map((p) => {
      try {
        return decodeURIComponent(p);
      } catch {
        return "";
      }
    });
  const view = VIEWS[parts[0]] && (parts[0] !== "facts" || index.facts) ? parts[0] : "articles";
  for (const [name, box] of Object.entries(VIEWS)) {
    $(box).hidden = name !== view;
    if (name === view) $("to-" + name).setAttribute("aria-current", "page");
    else $("to-" + name).removeAttribute("aria-current");
  }
  $("to-articles").setAttribute("href", state.doc ? "#/a/" + enc(state.doc.id) : "#/");
  if (view !== "articles") {
    document.title = `${W[view]} · zhextract`;
    return view === "facts" ? factsOver(parts[1], parts[2]) : overview(parts[1], parts[2]);
  }
  const i =
    parts[0] === "a" ? articleNumber(parts[1]) : state.article >= 0 ? state.article : (state.order[0] ?? -1);
  if (i < 0) return;
  if (i !== state.article || !state.doc) await openArticle(i);
  if (parts[2] && state.doc?.byId.has(parts[2]) && parts[2] !== state.record)
    select(parts[2], { scroll: true });
}
