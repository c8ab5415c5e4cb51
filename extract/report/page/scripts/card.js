"use strict";
/* The card of the record that is held: all its fields, its rule, and the buttons of verdicts. */
function card() {
  const box = $("card"),
    doc = state.doc;
  if (!doc) return;
  const inner =
    document.activeElement && box.contains(document.activeElement) ? document.activeElement.dataset.do : null;
  if (state.editing) fill(box, state.editing.missing ? missingForm() : editForm());
  else {
    const item = state.doc.byId.get(state.record);
    fill(
      box,
      item
        ? about(item)
        : el(
            "p",
            { class: "mute hint" },
            doc.metrics.length + doc.percentages.length + doc.dates.length + doc.officials.length
              ? W.pick
              : W.noRecords,
          ),
      judging(item),
    );
    if (inner) box.querySelector(`[data-do="${inner}"]`)?.focus();
  }
}
const entry = (word, ...value) =>
  value.flat(9).some((v) => v !== null && v !== undefined && v !== "" && v !== false)
    ? [el("dt", null, word), el("dd", null, value)]
    : null;
const jump = (id, text) => el("button", { type: "button", class: "link", onclick: () => select(id) }, text);
function about({ id, group, record: r, entry: kept }) {
  const doc = state.doc,
    F = W.f,
    rule = ruleOf.get(r.rule),
    text = (span) => doc.slice(...span);
  const now = kept || verdicts.of(id);
  let head,
    big = null,
    list = [];
  if (group === "metrics") {
    head = r.name;
    const d = doc.byId.get(r.date)?.record;
    big = [
      el("span", { class: "big num" }, level(r) || moved(r.change)),
      level(r) && r.change ? el("span", { class: "move num" }, moved(r.change)) : null,
      r.change?.basis ? el("span", { class: "basis" }, W.basis[r.change.basis]) : null,
    ];
    list = [
      entry(
        F.exactly,
        r.value !== undefined && Math.abs(r.value) >= 1e4
          ? grouped(r.value) + (r.value_max !== undefined ? "–" + grouped(r.value_max) : "")
          : null,
      ),
      entry(F.base, r.change?.base),
      entry(F.from, r.change?.from !== undefined ? people(r.change.from) + (r.unit || "") : null),
      entry(F.scope, r.scope),
      entry(F.period, r.period, d && (d.start || d.end) ? [" ", jump(d.id, interval(d.start, d.end))] : null),
      entry(
        F.partOf,
        r.part_of
          ? jump(r.part_of, [r.part_of, " ", doc.byId.get(r.part_of)?.record.name || ""].join(""))
          : null,
      ),
      entry(
        F.sameAs,
        r.same_as
          ? jump(r.same_as, r.same_as + " " + brief(doc.byId.get(r.same_as)?.record || {}, "metrics"))
          : null,
      ),
    ];
  } else if (group === "percentages") {
    const m = doc.byId.get(r.metric)?.record;
    head = text(r.span);
    big = [
      el("span", { class: "big num" }, percent(r)),
      r.direction ? el("span", { class: "move" }, ARROW[r.direction] + " " + W.direction[r.direction]) : null,
      r.basis ? el("span", { class: "basis" }, W.basis[r.basis]) : null,
    ];
    list = [entry(F.role, W.role[r.role]), entry(F.metric, m ? jump(m.id, m.name) : null)];
  } else if (group === "dates") {
    head = text(r.span);
    big = [el("span", { class: "big num" }, interval(r.start, r.end) || r.timex || "–")];
    list = [
      entry(
        F.kind,
        [W.kind[r.kind], r.granularity ? " · " + (W.granularity[r.granularity] || r.granularity) : ""].join(
          "",
        ),
      ),
      entry(F.timex, r.timex),
      entry(F.interval, r.start || r.end ? `[${r.start || "…"}, ${r.end || "…"})` : null),
      entry(F.relative, r.relative ? W.relative : null),
    ];
  } else if (group === "officials") {
    head = r.name;
    list = [
      entry(
        F.posts,
        r.posts.map((p) =>
          el(
            "span",
            { class: "post" },
            jump(id, post(p)),
            [p.event !== "removed" && W.status[p.status], W.event[p.event], p.date]
              .filter(Boolean)
              .map((w) => el("span", { class: "event" }, w)),
          ),
        ),
      ),
      entry(
        F.mentions,
        r.mentions.map((span, k) => [
          k ? " " : "",
          el(
            "button",
            {
              type: "button",
              class: "link num",
              onclick: () =>
                bring(
                  piecesOf(id, "o").find((n) => Number(n.dataset.s) >= span[0]) || $("text"),
                  $("page"),
                  90,
                  true,
                ),
            },
            String(span[0]),
          ),
        ]),
      ),
      entry(F.references, (r.references || []).map(text).join("、")),
    ];
  } else if (group === "dropped") {
    head = text(r.span);
    list = [entry(W.col.reason, r.reason)];
  } else if (group === "missing") {
    head = text(r.span);
    list = [
      entry(W.type, W[kept.type]),
      Object.entries(kept.corrected || {}).map(([k, v]) => entry(W.field[k] || k, String(v))),
      entry(W.note, kept.note),
    ];
  } else {
    head = r.span ? text(r.span) : W.code[r.code] || r.code;
    list = [entry(W.col.message, r.message)];
  }
  if (r.span && group === "metrics") list.push(entry(F.text, "“", text(r.span), "”"));
  if (r.rule)
    list.push(
      entry(
        F.rule,
        el("code", null, r.rule),
        rule?.reason
          ? el(
              "span",
              { class: "why", lang: "en" },
              rule.reason,
              rule.yes ? [el("br"), el("q", { lang: "zh" }, clip(rule.yes, 60))] : null,
            )
          : null,
      ),
    );
  if (GROUPS.includes(group)) list.push(entry(F.sure, bar(sure(r), true)));
  if (now && !kept) {
    const stale = now.record && plain(now.record) !== plain(whole(r));
    list.push(
      entry(
        W.reviewed,
        el("span", { class: "sign " + now.verdict }, SIGN[now.verdict] + " " + W.verdictDone[now.verdict]),
        now.corrected
          ? [
              " ",
              Object.entries(now.corrected)
                .map(([k, v]) => `${W.field[k] || k}: ${Array.isArray(v) ? v.map(post).join("、") : v}`)
                .join("；"),
            ]
          : null,
        now.note ? " — " + now.note : null,
        stale ? el("span", { class: "why" }, W.changedSince) : null,
      ),
    );
  }
  return [
    el(
      "div",
      { class: "cardhead" },
      el(
        "span",
        { class: "id c-" + (LETTER[group] || group[0]) },
        GROUPS.includes(group) ? id : W[group] || W.verdict.missing,
      ),
      el("h3", null, head),
    ),
    big ? el("p", { class: "reading-value" }, big) : null,
    el("dl", null, list),
  ];
}
function judging(item) {
  const now = item && verdicts.of(item.id)?.verdict,
    on = item && GROUPS.includes(item.group);
  const button = (name, key, act, enabled) =>
    el(
      "button",
      {
        type: "button",
        "data-do": name,
        class: "judge " + name,
        "aria-pressed": String(now === name),
        "aria-keyshortcuts": key,
        disabled: !enabled,
        onclick: act,
      },
      el("kbd", { "aria-hidden": "true" }, key),
      W.verdict[name],
    );
  const done = state.doc && verdicts.complete.has(digestOf(state.doc.sha256));
  return el(
    "div",
    { class: "judges", role: "group", "aria-label": W.reviewed },
    button("right", "1", () => judge("right"), on),
    button("wrong", "2", () => judge("wrong"), on),
    button("missing", "3", miss, true),
    button("edit", "E", edit, on),
    el(
      "button",
      {
        type: "button",
        "data-do": "complete",
        class: "judge complete",
        "aria-pressed": String(done),
        "aria-keyshortcuts": "C",
        onclick: completed,
      },
      el("kbd", { "aria-hidden": "true" }, "C"),
      done ? W.completeOn : W.completeOff,
    ),
  );
}
