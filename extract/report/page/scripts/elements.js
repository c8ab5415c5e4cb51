"use strict";
/* Elements. Nothing of the data is ever markup: every text goes through el(), which makes text nodes. */
const GROUPS = ["metrics", "percentages", "dates", "officials"];
const LETTER = { metrics: "m", percentages: "p", dates: "d", officials: "o" };
const ROW = 70;
const $ = (id) => document.getElementById(id);

const SVG = new Set(["svg", "g", "path", "line", "circle", "rect", "text", "tspan", "polygon", "title"]);
/** An element; strings among `inside` become text nodes. */
function el(tag, props, ...inside) {
  const node =
    SVG.has(tag) || props?.svg
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false || key === "svg") continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked" || key === "selected") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  add(node, inside);
  return node;
}
function add(node, inside) {
  for (const part of inside.flat(Infinity)) {
    if (part === null || part === undefined || part === false || part === "") continue;
    node.append(part instanceof Node ? part : document.createTextNode(String(part)));
  }
  return node;
}
function fill(node, ...inside) {
  node.replaceChildren();
  return add(node, inside);
}
/** For addresses: a lone surrogate in a name is no reason to fail. */
const whole16 = (text) =>
  String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g, "$1\ufffd");
const enc = (text) => encodeURIComponent(whole16(text));
const clip = (text, n) => (text.length > n ? text.slice(0, n - 1) + "…" : text);
