"use strict";
/* The records of an article as tables, and the way from one to the next. */
let rows = new Map();
const listed = (group) => {
  const doc = state.doc,
    all =
      group === "dropped"
        ? doc.dropped.map((record, k) => ["x" + (k + 1), record])
        : group === "warnings"
          ? doc.warnings.map((record, k) => ["w" + (k + 1), record])
          : doc[group].map((r) => [r.id, r]);
  if (GROUPS.includes(group))
    for (const entry of doc.missing)
      if (entry.type === group)
        all.push([entry.id, { missing: entry, span: [entry.span.start, entry.span.end] }]);
  const where = (r) => (r.span || r.mentions?.[0] || [0])[0];
  if (state.leastFirst && GROUPS.includes(group))
    return all.sort(
      (a, b) => (sure(a[1])?.share ?? 2) - (sure(b[1])?.share ?? 2) || where(a[1]) - where(b[1]),
    );
  return all.sort((a, b) => where(a[1]) - where(b[1]));
};
const TABS = [...GROUPS, "warnings", "dropped"];
function tables() {
  rows = new Map();
  const box = $("tables");
  fill(
    box,
    TABS.map((group) => {
      const list = listed(group);
      return el(
        "div",
        { role: "tabpanel", id: "panel-" + group, "aria-labelledby": "tab-" + group, class: "panel" },
        el("h3", { class: "onpaper" }, W[group], " ", list.length),
        list.length
          ? el(
              "table",
              { class: "t-" + group },
              el(
                "thead",
                null,
                el(
                  "tr",
                  null,
                  heads(group).map(([k, c]) => el("th", { scope: "col", class: c }, W.col[k])),
                ),
              ),
              el(
                "tbody",
                null,
                list.map(([id, record]) => {
                  const tr = line(id, record, group);
                  rows.set(id, tr);
                  return tr;
                }),
              ),
            )
          : el("p", { class: "mute nothing" }, W.none),
      );
    }),
  );
  for (const panel of box.children) {
    const first = panel.querySelector("tbody tr");
    if (first) first.tabIndex = 0;
  }
  tabs();
}
const heads = (group) =>
  ({
    metrics: [
      ["name", ""],
      ["value", "r"],
      ["change", "r"],
      ["sure", "c-sure"],
      ["verdict", "v"],
    ],
    percentages: [
      ["value", "r"],
      ["role", ""],
      ["metric", ""],
      ["sure", "c-sure"],
      ["verdict", "v"],
    ],
    dates: [
      ["text", ""],
      ["interval", ""],
      ["kind", ""],
      ["sure", "c-sure"],
      ["verdict", "v"],
    ],
    officials: [
      ["name", ""],
      ["posts", ""],
      ["mentions", "r"],
      ["sure", "c-sure"],
      ["verdict", "v"],
    ],
    warnings: [
      ["code", ""],
      ["text", ""],
      ["message", ""],
    ],
    dropped: [
      ["text", ""],
      ["reason", ""],
      ["verdict", "v"],
    ],
  })[group];
const SIGN = { right: "✓", wrong: "✗", edit: "✎", missing: "+" };
function signed(id) {
  const entry = verdicts.of(id);
  return el(
    "td",
    { class: "v" },
    entry
      ? el(
          "span",
          {
            class: "sign " + entry.verdict,
            title: W.verdictDone[entry.verdict],
            role: "img",
            "aria-label": W.verdictDone[entry.verdict],
          },
          SIGN[entry.verdict],
        )
      : "",
  );
}
function line(id, r, group) {
  const doc = state.doc,
    tr = el("tr", { tabindex: "-1", "data-id": id });
  const text = (span) => (span ? doc.slice(...span) : "");
  if (r.missing) {
    add(tr, [
      el(
        "td",
        { colspan: heads(group).length - 1 },
        el("span", { class: "tagged" }, W.verdict.missing),
        " ",
        text(r.span),
        r.missing.corrected?.name ? " — " + r.missing.corrected.name : "",
      ),
      signed(id),
    ]);
    return tr;
  }
  if (group === "metrics")
    add(tr, [
      el(
        "td",
        { class: "name" },
        el("span", { class: "main" }, r.name),
        el("span", { class: "sub" }, [r.scope, r.period].filter(Boolean).join(" · ")),
      ),
      el(
        "td",
        { class: "r num val" + (level(r).length > 16 ? " long" : "") },
        level(r) || el("span", { class: "mute" }, "–"),
      ),
      el(
        "td",
        { class: "r num" + (moved(r.change).length > 16 ? " long" : "") },
        r.change ? movedTwice(r.change) : "",
      ),
      el("td", { class: "c-sure" }, bar(sure(r))),
      signed(id),
    ]);
  if (group === "percentages") {
    const m = doc.byId.get(r.metric)?.record;
    add(tr, [
      el("td", { class: "r num val" }, percent(r)),
      el(
        "td",
        null,
        el("span", { class: "main" }, r.direction ? ARROW[r.direction] + " " : "", W.role[r.role]),
        el("span", { class: "sub" }, W.basis[r.basis] || ""),
      ),
      el(
        "td",
        { class: "name" },
        m ? el("span", { class: "main" }, m.name) : el("span", { class: "mute" }, "–"),
      ),
      el("td", { class: "c-sure" }, bar(sure(r))),
      signed(id),
    ]);
  }
  if (group === "dates")
    add(tr, [
      el("td", null, text(r.span)),
      el("td", { class: "num" }, interval(r.start, r.end) || r.timex || el("span", { class: "mute" }, "–")),
      el("td", null, W.kind[r.kind]),
      el("td", { class: "c-sure" }, bar(sure(r))),
      signed(id),
    ]);
  if (group === "officials")
    add(tr, [
      el("td", { class: "who" }, r.name),
      el(
        "td",
        { class: "name" },
        r.posts
          .slice(0, 3)
          .map((p) =>
            el(
              "span",
              { class: "post" },
              p.event !== "removed" && W.status[p.status] ? W.status[p.status] + " " : "",
              post(p),
              p.event === "appointed" || p.event === "removed"
                ? el("span", { class: "event" }, W.event[p.event])
                : null,
            ),
          ),
        r.posts.length > 3 ? el("span", { class: "sub" }, W.more(r.posts.length - 3)) : null,
      ),
      el("td", { class: "r num" }, r.mentions.length),
      el("td", { class: "c-sure" }, bar(sure(r))),
      signed(id),
    ]);
  if (group === "warnings")
    add(tr, [
      el("td", null, W.code[r.code] || r.code),
      el("td", null, clip(text(r.span), 24) || el("span", { class: "mute" }, "–")),
      el("td", { class: "name" }, r.reading ? ["→ ", r.reading] : r.message),
    ]);
  if (group === "dropped")
    add(tr, [
      el("td", null, text(r.span)),
      el(
        "td",
        { class: "name" },
        el("span", { class: "main" }, r.reason),
        el("span", { class: "sub" }, r.rule),
      ),
      signed(id),
    ]);
  return tr;
}
function row(id) {
  const old = rows.get(id),
    item = state.doc.byId.get(id);
  if (!old || !item || item.group === "missing") return;
  const fresh = line(id, item.record, item.group);
  if (old.hasAttribute("aria-current")) {
    fresh.setAttribute("aria-current", "true");
    fresh.tabIndex = 0;
  }
  const focused = document.activeElement === old;
  old.replaceWith(fresh);
  rows.set(id, fresh);
  if (focused) fresh.focus();
}
function tabs() {
  const doc = state.doc;
  const shownTabs = TABS.filter((g) => GROUPS.includes(g) || doc[g].length);
  if (!shownTabs.includes(state.tab)) state.tab = shownTabs[0];
  fill(
    $("tabs"),
    shownTabs.map((group) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          id: "tab-" + group,
          class: "tab c-" + (LETTER[group] || group[0]),
          "aria-selected": String(group === state.tab),
          "aria-controls": "panel-" + group,
          tabindex: group === state.tab ? "0" : "-1",
          onclick: () => {
            state.tab = group;
            tabs();
            $("tab-" + group).focus();
          },
        },
        W[group],
        " ",
        el("span", { class: "num" }, doc[group].length),
      ),
    ),
  );
  $("sort").setAttribute("aria-pressed", String(state.leastFirst));
  $("sort").setAttribute("aria-label", W.least1);
  $("sort").title = W.least1;
  for (const panel of $("tables").children) panel.hidden = panel.id !== "panel-" + state.tab;
}
function leastFirst() {
  state.leastFirst = !state.leastFirst;
  tables();
  if (state.record) select(state.record, { scroll: false });
  toast(state.leastFirst ? W.least1 : W.byPlace);
}
/** The next record in the order of the open table, and on into the next table. */
function step(by, stay) {
  if (!state.doc) return;
  const ids = listed(state.tab).map(([id]) => id),
    at = ids.indexOf(state.record),
    next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by;
  if (ids[next]) return focusRow(ids[next]);
  const groups = TABS.filter((g) => listed(g).length && (g !== "dropped" || !state.hidden.has("x")));
  const other = groups[groups.indexOf(state.tab) + by];
  if (!other || (stay && !GROUPS.includes(other))) return;
  const more = listed(other).map(([id]) => id);
  state.tab = other;
  tabs();
  focusRow(by > 0 ? more[0] : more[more.length - 1]);
}
function focusRow(id) {
  const within = $("tables").contains(document.activeElement);
  select(id);
  if (within) rows.get(id)?.focus({ preventScroll: true });
}
