"use strict";
/* Pointing and holding: spans, rows and what belongs to them light up together. */
// hover and selection: the same pieces, rows and tags
const lit = { hot: [], sel: [], rel: [], tags: [] };
function dim(kind) {
  for (const [node, ...names] of lit[kind]) node.classList.remove(...names);
  lit[kind] = [];
}
function light(kind, nodes, ...names) {
  for (const node of nodes) {
    node.classList.add(...names);
    lit[kind].push([node, ...names]);
  }
}
function tag(nodes, role) {
  if (!nodes.length || nodes[0].dataset.tag) return;
  nodes[0].dataset.tag = W.tag[role];
  lit.tags.push(nodes[0]);
}
function hover(id) {
  dim("hot");
  state.hovered = id;
  const item = id && state.doc?.byId.get(id);
  if (!item) return tie();
  light("hot", piecesOf(id, selfKind(item)), "hot");
  if (item.group === "metrics") light("hot", piecesOf(id, "n"), "hot-name");
  if (item.group === "percentages" && item.record.metric)
    light("hot", piecesOf(item.record.metric, "n"), "hot-name");
  if (item.group === "officials") {
    light("hot", piecesOf(id, "t"), "hot-name");
    light("hot", piecesOf(id, "g"), "hot");
  }
  const line = rows.get(id);
  if (line) light("hot", [line], "hot");
  tie();
}
function related(item) {
  const { id, group, record } = item,
    out = [],
    doc = state.doc;
  const metric = (m) => {
    out.push(["name", piecesOf(m.id, "n")]);
    if (m.date) out.push(["period", piecesOf(m.date, "d")]);
    if (m.scope) out.push(["scope", piecesOf(m.id, "scope")]);
    if (m.change?.base) out.push(["base", piecesOf(m.id, "base")]);
    if (m.change?.from_span) out.push(["from", piecesOf(m.id, "from")]);
    for (const p of doc.percentages)
      if (p.metric === m.id && p.id !== id && p.span[0] !== m.span[0])
        out.push(["change", piecesOf(p.id, "p")]);
  };
  if (group === "metrics") metric(record);
  if (group === "percentages" && record.metric) {
    const m = doc.byId.get(record.metric)?.record;
    if (m) {
      metric(m);
      if (m.span[0] !== record.span[0]) out.push(["metric", piecesOf(m.id, "m")]);
    }
  }
  if (group === "officials") {
    out.push(["post", piecesOf(id, "t")]);
  }
  return out;
}
function select(id, { scroll = true, quiet = false } = {}) {
  dim("sel");
  dim("rel");
  for (const node of lit.tags) delete node.dataset.tag;
  lit.tags = [];
  const changed = id !== state.record;
  state.record = id;
  if (changed) state.editing = null;
  const item = id && state.doc.byId.get(id);
  for (const line of rows.values()) {
    line.removeAttribute("aria-current");
    line.tabIndex = -1;
  }
  if (!item) {
    card();
    return tie();
  }
  if (item.group === "dropped" && state.hidden.has("x")) toggle("x");
  if (state.hidden.has(selfKind(item)) && "mpdof".includes(selfKind(item))) toggle(selfKind(item));
  const own = piecesOf(id, selfKind(item));
  light("sel", own, "sel", "sel-" + selfKind(item));
  for (const [role, nodes] of related(item)) {
    light("rel", nodes, "rel", "rel-" + role);
    tag(nodes, role);
  }
  if (item.group === "officials") light("rel", piecesOf(id, "g"), "rel");
  const tab = item.group === "missing" ? item.entry.type : item.group;
  if (state.tab !== tab) {
    state.tab = tab;
    tabs();
  }
  card();
  tie();
  const line = rows.get(id);
  if (line) {
    line.setAttribute("aria-current", "true");
    line.tabIndex = 0;
    bring(line, $("tables"), 34);
  }
  if (scroll && own[0]) bring(own[0], $("page"), 90, true);
  if (changed && !quiet) {
    say(W.announce(id, brief(item.record, item.group) || state.doc.slice(...(item.record.span || [0, 0]))));
    history.replaceState(null, "", "#/a/" + enc(state.doc.id) + "/" + enc(id));
  }
}
function bring(node, box, margin, centre) {
  const a = node.getBoundingClientRect(),
    b = box.getBoundingClientRect();
  if (!b.height || (a.top >= b.top + margin && a.bottom <= b.bottom - margin)) return;
  const by = centre
    ? a.top - b.top - b.height / 2.6
    : a.top < b.top + margin
      ? a.top - b.top - margin
      : a.bottom - b.bottom + margin;
  box.scrollBy({
    top: by,
    behavior: matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden ? "auto" : "smooth",
  });
}
/** A thin line from a metric's name to its number, where both stand in one line. */
function tie() {
  const lines = $("ties");
  if (!lines) return;
  fill(lines);
  const ids = new Set([state.record, state.hovered]);
  const box = $("text").getBoundingClientRect();
  for (let id of ids) {
    let item = id && state.doc.byId.get(id);
    if (item?.group === "percentages" && item.record.metric) item = state.doc.byId.get(item.record.metric);
    if (item?.group !== "metrics") continue;
    const from = piecesOf(item.id, "n"),
      to = piecesOf(item.id, "m");
    if (!from.length || !to.length) continue;
    const rect = (node) => {
      const r = node.getClientRects();
      return r[r.length - 1];
    };
    const b = to[0].getClientRects()[0],
      ahead = item.record.name_span[0] < item.record.span[0];
    const a = ahead ? rect(from[from.length - 1]) : from[0].getClientRects()[0];
    if (!a || !b || Math.abs(a.bottom - b.bottom) > 6) continue;
    const x1 = (ahead ? a.right - 7 : a.left + 7) - box.left,
      x2 = (ahead ? b.left + 7 : b.right - 7) - box.left,
      y = Math.max(a.bottom, b.bottom) - box.top + 3;
    if (Math.abs(x1 - x2) < 20) continue;
    lines.append(el("path", { d: `M${x1} ${y}v5H${x2}v-5`, class: id === state.record ? "held" : "" }));
  }
}
