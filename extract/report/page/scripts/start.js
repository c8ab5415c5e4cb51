"use strict";
/* The start, the words in the language in force, the theme. */
function start() {
  index = shelf.get("index");
  rules = shelf.get("rules") || [];
  ruleOf = new Map(rules.map((rule) => [rule.id, rule]));
  articles = index.id.map((id, i) => ({
    i,
    id,
    title: index.title[i],
    head: index.head[i],
    published: index.published[i],
    publisher: index.publisher[i],
    digest: index.digest[i],
    folder: index.folder[i],
    script: index.script[i],
    characters: index.characters[i],
    counts: index.counts[i],
    warn: index.warn[i],
    rules: index.rules[i],
    least: index.least[i],
  }));
  const wanted = keep.get("zhextract/language");
  W = WORDS[wanted] || WORDS[(navigator.language || "").toLowerCase().startsWith("zh") ? "zh" : "en"];
  $("to-facts").hidden = !index.facts;
  verdicts.read();
  dress();
  document.fonts?.ready.then(() => state.doc && tie());
  filter();
  route();
}
const numbers = new Map();
/** The number of an article by its id as it stands in an address, or -1. */
function articleNumber(id) {
  if (!numbers.size) articles.forEach((a) => numbers.set(whole16(a.id), a.i));
  return numbers.get(id) ?? -1;
}

/** Everything that has words in it, in the language in force. */
function dress() {
  document.documentElement.lang = W.lang;
  document.title = `${W.articles} · zhextract`;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = W[node.dataset.t];
  for (const node of document.querySelectorAll("[data-label]"))
    node.setAttribute("aria-label", W[node.dataset.label]);
  $("query").placeholder = W.search;
  $("made").textContent = W.made(grouped(articles.length), index.tool);
  fill($("language"), W.other);
  $("language").title = W.switchTo;
  $("language").setAttribute("aria-label", `${W.other}: ${W.switchTo}`);
  $("help-open").setAttribute("aria-label", "? " + W.keys);
  $("help-open").title = W.keys;
  theme();
  fill(
    $("key-list"),
    W.keyList.filter(([keys]) => index.facts || keys !== "F").map(([keys, what]) =>
      el(
        "tr",
        null,
        el(
          "th",
          { scope: "row" },
          keys.split(" ").map((k) => [el("kbd", null, k), " "]),
        ),
        el("td", null, what),
      ),
    ),
  );
  $("keys-on").checked = keep.get("zhextract/keys") !== "off";
  choices();
  counted();
}
function theme(next) {
  const order = ["auto", "light", "dark"];
  let chosen = keep.get("zhextract/theme") || "auto";
  if (next) {
    chosen = order[(order.indexOf(chosen) + 1) % 3];
    keep.set("zhextract/theme", chosen);
  }
  const dark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  fill(
    $("theme"),
    el("span", { "aria-hidden": "true" }, "◐"),
    el("span", { class: "word" }, W.theme[chosen]),
  );
  $("theme").title = W.themeHint;
  $("theme").setAttribute("aria-label", `◐ ${W.theme[chosen]} (${W.themeHint})`);
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => index && theme());

function say(text) {
  $("say").textContent = text;
}
let toastEnds;
function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastEnds);
  toastEnds = setTimeout(() => {
    box.hidden = true;
  }, 3200);
}
