"use strict";
/* Search by words: names at once, then the full texts, script by script; both scripts of Chinese are one. */
let fold = (text) => text.toLowerCase();
let hay = null,
  asked = 0;
async function folding() {
  const [from, to] = await load("fold");
  const one = new Map([...from].map((c, k) => [c, [...to][k]]));
  fold = (text) => {
    let out = "";
    for (const c of text.toLowerCase()) out += one.get(c) || c;
    return out;
  };
}
async function search(query) {
  const mine = ++asked;
  state.query = query.trim();
  state.hits = new Map();
  if (!state.query) {
    filter();
    if (state.doc) write();
    return;
  }
  if (!hay) {
    const [words] = await Promise.all([load("words"), folding()]);
    hay = articles.map((a, i) => fold([a.title || a.head, a.id, a.publisher || "", words[i]].join("\n")));
  }
  if (mine !== asked) return;
  const parts = fold(state.query).split(/\s+/);
  filter();
  if (state.doc) write();
  const shards = index.shards.length;
  for (let k = 0; k < shards; k += 8) {
    const some = await Promise.all(
      Array.from({ length: Math.min(8, shards - k) }, (_, j) => shard("t", k + j)),
    );
    if (mine !== asked) return;
    some.forEach((texts, j) =>
      texts.forEach((text, n) => {
        const simple = folded(text),
          at = simple.indexOf(parts[0]);
        if (at >= 0 && parts.every((p) => simple.includes(p)))
          state.hits.set(index.shards[k + j] + n, snippet(text, at, parts[0].length));
      }),
    );
    filter(Math.min(shards, k + 8) < shards ? [Math.min(shards, k + 8), shards] : null);
  }
}
/** A hit with what stands around it, on one line. */
function snippet(text, at, length) {
  const flat = (a, b) => text.slice(Math.max(0, a), b).replace(/\s/g, " ");
  return [(at > 8 ? "…" : "") + flat(at - 8, at), flat(at, at + length), flat(at + length, at + length + 24)];
}
const foldedTexts = new Map();
const MOST_FOLDED = 4000;
function folded(text) {
  let simple = foldedTexts.get(text);
  if (simple === undefined) {
    if (foldedTexts.size > MOST_FOLDED) foldedTexts.clear();
    simple = fold(text);
    foldedTexts.set(text, simple);
  }
  return simple;
}
