"use strict";
/* An article: its text cut at every border of a span, so that spans may nest and cross. */
async function openArticle(i) {
  state.article = i;
  state.record = null;
  state.editing = null;
  reveal();
  const [k, n] = placeOf(i);
  let record, text;
  try {
    [record, text] = await Promise.all([shard("r", k), shard("t", k)]).then(([r, t]) => [r[n], t[n]]);
  } catch {
    $("facts").textContent = W.failed;
    return;
  }
  if (articles[i].script !== "s") await folding().catch(() => {});
  if (state.article !== i) return;
  state.doc = prepare(record, text);
  if (!state.doc[state.tab]?.length) state.tab = GROUPS.find((g) => state.doc[g].length) || "metrics";
  document.title = `${clip(record.title || articles[i].head || record.id, 40)} · zhextract`;
  write();
  tables();
  card();
  $("page").scrollTop = 0;
  $("tables").scrollTop = 0;
  performance.mark("article");
  window.zhextract.shown ??= performance.now();
}
function prepare(record, text) {
  const points = Array.from(text),
    straight = points.length === text.length;
  const doc = {
    ...record,
    text,
    points,
    straight,
    slice: (a, b) => (straight ? text.slice(a, b) : points.slice(a, b).join("")),
    folded: null,
  };
  gather(doc);
  return doc;
}
function gather(doc) {
  doc.byId = new Map();
  for (const group of GROUPS)
    for (const record of doc[group]) doc.byId.set(record.id, { id: record.id, group, record });
  doc.dropped.forEach((record, k) =>
    doc.byId.set("x" + (k + 1), { id: "x" + (k + 1), group: "dropped", record }),
  );
  doc.warnings.forEach((record, k) =>
    doc.byId.set("w" + (k + 1), { id: "w" + (k + 1), group: "warnings", record }),
  );
  doc.missing = verdicts.missing(doc);
  for (const entry of doc.missing)
    doc.byId.set(entry.id, {
      id: entry.id,
      group: "missing",
      record: { span: [entry.span.start, entry.span.end], rule: "" },
      entry,
    });
}
function write() {
  const doc = state.doc,
    marks = [];
  const mark = (kind, span, id, more) =>
    span && span[1] > span[0] && marks.push({ kind, a: span[0], b: span[1], id, ...more });
  for (const m of doc.metrics) {
    mark("m", m.span, m.id);
    mark("n", m.name_span, m.id);
    mark("q", m.scope_span, m.id, { role: "scope" });
    mark("q", m.change?.base_span, m.id, { role: "base" });
    mark("q", m.change?.from_span, m.id, { role: "from" });
  }
  for (const p of doc.percentages) mark("p", p.span, p.id);
  for (const d of doc.dates) mark("d", d.span, d.id);
  for (const o of doc.officials) {
    for (const span of o.mentions) mark("o", span, o.id);
    for (const span of o.references || []) mark("g", span, o.id);
    for (const p of o.posts) mark("t", p.span, o.id);
  }
  doc.warnings.forEach((w, k) =>
    mark(w.code === "repaired" ? "f" : "w", w.span, "w" + (k + 1), {
      fix: w.code === "repaired" ? w.reading : undefined,
    }),
  );
  doc.dropped.forEach((x, k) => mark("x", x.span, "x" + (k + 1)));
  for (const entry of doc.missing) mark("y", [entry.span.start, entry.span.end], entry.id);
  if (state.query) {
    const w = fold(state.query.split(/\s+/)[0]);
    doc.folded = fold(doc.text);
    if (doc.straight && w)
      for (
        let at = doc.folded.indexOf(w), n = 0;
        at >= 0 && n < 500;
        at = doc.folded.indexOf(w, at + w.length), n++
      )
        mark("h", [at, at + w.length], "");
  }

  const cuts = new Set([0, doc.points.length]),
    begins = new Map(),
    ends = new Map();
  const put = (map, at, mark) => (map.has(at) ? map.get(at).push(mark) : map.set(at, [mark]));
  for (const one of marks) {
    cuts.add(one.a).add(one.b);
    put(begins, one.a, one);
    put(ends, one.b, one);
  }
  doc.points.forEach((c, k) => {
    if (c === "\n") cuts.add(k).add(k + 1);
  });
  const at = [...cuts].sort((a, b) => a - b),
    live = new Set(),
    box = $("text");
  doc.pieces = new Map();
  doc.marksOf = new Map();
  const lines = [];
  let line = el("p");
  for (let k = 0; k + 1 <= at.length; k++) {
    for (const one of ends.get(at[k]) || []) live.delete(one);
    for (const one of begins.get(at[k]) || []) live.add(one);
    if (k + 1 === at.length) break;
    const words = doc.slice(at[k], at[k + 1]);
    if (words === "\n") {
      lines.push(line);
      line = el("p");
      continue;
    }
    line.append(piece(words, at[k], at[k + 1], live));
  }
  lines.push(line);
  for (const p of lines) if (!p.textContent.trim()) p.className = "empty";
  box.lang = doc.script === "traditional" ? "zh-Hant" : "zh-Hans";
  fill(box, lines, el("svg", { id: "ties", "aria-hidden": "true" }));
  shown();
  facts();
  legend();
  if (state.record) select(state.record, { scroll: false });
  else if (state.query) box.querySelector(".h")?.scrollIntoView({ block: "center" });
}
function piece(words, a, b, live) {
  const node = el("span", { "data-s": a });
  let inner = node;
  if (live.size) {
    const kinds = new Set();
    for (const one of live) {
      kinds.add(one.kind);
      if (one.a === a) kinds.add(one.kind + "-a");
      if (one.b === b) kinds.add(one.kind + "-b");
      const spot = one.id + "/" + (one.role || one.kind);
      if (!state.doc.pieces.has(spot)) state.doc.pieces.set(spot, []);
      state.doc.pieces.get(spot).push(node);
      if (one.kind === "f") {
        inner = el("s", null);
        if (one.b === b && one.fix) node.dataset.fix = one.fix;
      }
    }
    node.className = [...kinds].join(" ");
    state.doc.marksOf.set(
      node,
      [...live].sort((x, y) => x.b - x.a - (y.b - y.a)),
    );
  }
  inner.append(words);
  if (inner !== node) node.append(inner);
  return node;
}
