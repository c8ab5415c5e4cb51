"use strict";
/* What is said above the text, and which kinds of spans are shown. */
const piecesOf = (id, role) => state.doc.pieces.get(id + "/" + role) || [];
const selfKind = (item) =>
  ({ metrics: "m", percentages: "p", dates: "d", officials: "o", dropped: "x", missing: "y" })[item.group] ||
  (item.record.code === "repaired" ? "f" : "w");

function facts() {
  const doc = state.doc,
    info = articles[state.article];
  $("title").lang = doc.script === "traditional" ? "zh-Hant" : "zh-Hans";
  fill($("title"), doc.title || clip(info.head || doc.id, 40));
  $("title").classList.toggle("untitled", !doc.title);
  const url = /^https?:\/\//i.test(doc.url || "")
    ? el("a", { href: doc.url, rel: "noopener noreferrer", target: "_blank" }, clip(doc.url, 60))
    : null;
  const parts = [
    doc.published
      ? doc.published +
        (doc.published_from ? ` (${W.publishedFrom[doc.published_from] || doc.published_from})` : "")
      : W.noDate,
    doc.publisher,
    doc.author && W.author + doc.author,
    doc.editor && W.editor + doc.editor,
    W.scripts[doc.script] || doc.script,
    W.chars(grouped(doc.characters)),
    doc.source,
    url,
    W.reviewedN(verdicts.perArticle.get(info.digest) || 0, total(info)),
  ].filter(Boolean);
  fill(
    $("facts"),
    parts.map((p, k) => [k ? " · " : "", el("span", null, typeof p === "string" ? clip(p, 60) : p)]),
  );
}
function legend() {
  const doc = state.doc;
  const repairs = doc.warnings.filter((w) => w.code === "repaired").length;
  const entries = GROUPS.map((g) => [LETTER[g], W[g], doc[g].length]).concat(
    repairs ? [["f", W.repairs, repairs]] : [],
    doc.dropped.length ? [["x", W.dropped, doc.dropped.length]] : [],
  );
  fill(
    $("legend"),
    entries.map(([kind, word, n]) =>
      el(
        "button",
        {
          type: "button",
          class: "key k-" + kind,
          "aria-pressed": String(!state.hidden.has(kind)),
          disabled: !n,
          onclick: () => toggle(kind),
        },
        el("span", { class: "swatch " + kind, "aria-hidden": "true" }, "字"),
        word,
        " ",
        el("span", { class: "num" }, n),
      ),
    ),
  );
}
function toggle(kind) {
  state.hidden.has(kind) ? state.hidden.delete(kind) : state.hidden.add(kind);
  shown();
  legend();
}
function shown() {
  $("text").className = "text " + [...state.hidden].map((k) => "no-" + k).join(" ");
}
