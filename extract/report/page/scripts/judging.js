"use strict";
/* Right, wrong, missing, edited, complete: what a key or a button does to the verdicts. */
function judge(verdict) {
  const item = state.doc?.byId.get(state.record);
  if (!item) return toast(W.pick);
  if (item.group === "dropped") return verdict === "wrong" ? miss() : judged(item, verdict);
  if (item.group === "warnings" || !item.record) return;
  judged(item, verdict);
}
function judged(item, verdict) {
  verdicts.give(item.id, { verdict, type: item.group, rule: item.record.rule, record: whole(item.record) });
  row(item.id);
  card();
  say(`${item.id} ${W.verdictDone[verdict]}`);
  step(1, true);
}
function chosenText() {
  const selection = getSelection();
  if (
    !selection.rangeCount ||
    selection.isCollapsed ||
    !$("text").contains(selection.anchorNode) ||
    !$("text").contains(selection.focusNode)
  )
    return null;
  const range = selection.getRangeAt(0);
  const place = (node, offset) => {
    if (node.nodeType !== Node.TEXT_NODE) {
      const child = node.childNodes[offset];
      if (child) {
        node = child;
        while (node.firstChild) node = node.firstChild;
        offset = 0;
      } else {
        while (node.lastChild) node = node.lastChild;
        offset = (node.data || "").length;
      }
    }
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
    return piece ? Number(piece.dataset.s) + [...(node.data || "").slice(0, offset)].length : null;
  };
  const a = place(range.startContainer, range.startOffset),
    b = place(range.endContainer, range.endOffset);
  return a === null || b === null || a === b ? null : [Math.min(a, b), Math.max(a, b)];
}
function miss() {
  if (!state.doc) return;
  const item = state.doc.byId.get(state.record);
  const span = chosenText() || (item?.group === "dropped" ? item.record.span : null);
  if (!span) return toast(W.selectFirst);
  const group = /[%％‰成]|百分/.test(state.doc.slice(...span)) ? "percentages" : "metrics";
  state.editing = { missing: span, group };
  card();
  pane("records");
  $("card").querySelector("select, input")?.focus();
}
function edit() {
  const item = state.doc?.byId.get(state.record);
  if (!item || !GROUPS.includes(item.group)) return toast(W.pick);
  state.editing = { id: item.id };
  card();
  pane("records");
  $("card").querySelector("input, select, textarea")?.focus();
}
function unjudge() {
  const item = state.doc?.byId.get(state.record);
  if (item && verdicts.of(item.id)) {
    verdicts.give(item.id, null);
    row(item.id);
    if (item.group === "missing") {
      gather(state.doc);
      tables();
      select(null);
    } else card();
  }
}
function completed() {
  if (!state.doc) return;
  verdicts.finish();
  card();
}
