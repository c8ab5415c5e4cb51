"use strict";
/* The way: an address says all that is shown. */
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
  const over = parts[0] === "overview";
  $("articles").hidden = over;
  $("overview").hidden = !over;
  for (const [id, on] of [
    ["to-articles", !over],
    ["to-overview", over],
  ])
    on ? $(id).setAttribute("aria-current", "page") : $(id).removeAttribute("aria-current");
  $("to-articles").setAttribute("href", state.doc ? "#/a/" + enc(state.doc.id) : "#/");
  if (over) {
    document.title = `${W.overview} · zhextract`;
    return overview(parts[1], parts[2]);
  }
  const i =
    parts[0] === "a" ? articleNumber(parts[1]) : state.article >= 0 ? state.article : (state.order[0] ?? -1);
  if (i < 0) return;
  if (i !== state.article || !state.doc) await openArticle(i);
  if (parts[2] && state.doc?.byId.has(parts[2]) && parts[2] !== state.record)
    select(parts[2], { scroll: true });
}
