"use strict";
/* Data come as scripts beside the page, each a call of zhextract(name, value), when they are wanted. */
const shelf = new Map();
const waiting = new Map();
const SHELVED = 96;
window.zhextract = (name, value) => {
  shelf.set(name, value);
  waiting.get(name)?.resolve(value);
  if (name === "index") start();
};
/** The value of data/<name>.js; names are made of constants and numbers only. */
function load(name) {
  if (shelf.has(name)) return Promise.resolve(shelf.get(name));
  if (!waiting.has(name)) {
    const wait = {};
    wait.promise = new Promise((resolve, reject) => {
      wait.resolve = resolve;
      wait.reject = reject;
    });
    const script = el("script", { src: `data/${name}.js`, onload: () => script.remove() });
    script.addEventListener("error", () => {
      waiting.delete(name);
      script.remove();
      wait.reject(new Error(name));
    });
    waiting.set(name, wait);
    document.head.append(script);
  }
  return waiting.get(name).promise;
}

/** The script that holds an article, and its place there: [k, n]. */
function placeOf(i) {
  const starts = index.shards;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= i) low = middle;
    else high = middle - 1;
  }
  return [low, i - starts[low]];
}
/** Records or texts of script k. Those read long ago are let go: the page stays small over many articles. */
async function shard(kind, k) {
  const value = await load(`${kind}/${k}`);
  const held = [...shelf.keys()].filter((name) => name.startsWith("r/") || name.startsWith("t/"));
  for (const name of held.slice(0, Math.max(0, held.length - SHELVED))) {
    shelf.delete(name);
    waiting.delete(name);
  }
  return value;
}
