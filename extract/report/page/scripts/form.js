"use strict";
/* Forms: a record put right, or one that is missing. */
const PICK = {
  bound: () => [["exact", W.exact], ...Object.entries(W.bound).map(([k, v]) => [k, v.trim()])],
  direction: () => [["", "–"], ...Object.entries(W.direction)],
  basis: () => [["", "–"], ...Object.entries(W.basis)],
  role: () => Object.entries(W.role),
  kind: () => Object.entries(W.kind),
  granularity: () => [["", "–"], ...Object.entries(W.granularity)],
};
const FIELDS = {
  metrics: [
    "name",
    "value",
    "value_max",
    "unit",
    "bound",
    "direction",
    "amount",
    "change_unit",
    "basis",
    "base",
    "from",
    "scope",
    "period",
  ],
  percentages: ["value", "unit", "role", "direction", "basis", "bound"],
  dates: ["kind", "start", "end", "granularity", "timex"],
  officials: ["name", "posts"],
};
const NUMBERS = new Set(["value", "value_max", "amount", "from"]);
function flat(record, group) {
  const c = record.change || {};
  const out = { ...record, bound: record.bound || "exact" };
  if (group === "metrics")
    Object.assign(out, {
      direction: c.direction,
      amount: c.amount,
      change_unit: c.unit,
      basis: c.basis,
      base: c.base,
      from: c.from,
    });
  if (group === "officials")
    out.posts = record.posts.map((p) => (p.organization || "") + " | " + p.title).join("\n");
  return out;
}
function control(field, value, group) {
  const name = "f-" + field,
    shown = value === undefined || value === null ? "" : String(value);
  let input;
  if (field === "unit" && group === "percentages")
    input = el(
      "select",
      { id: name },
      Object.entries(W.unit).map(([k, v]) => el("option", { value: k }, v.trim())),
    );
  else if (PICK[field])
    input = el(
      "select",
      { id: name },
      PICK[field]().map(([k, v]) => el("option", { value: k }, v)),
    );
  else if (field === "posts") input = el("textarea", { id: name, rows: 3, class: "wide" });
  else
    input = el("input", {
      id: name,
      inputmode: NUMBERS.has(field) ? "decimal" : null,
      autocomplete: "off",
      spellcheck: "false",
    });
  input.value = shown;
  input.dataset.field = field;
  input.dataset.was = input.value;
  return el(
    "label",
    { class: field === "posts" || field === "name" ? "wide" : "" },
    el("span", null, W.field[field]),
    input,
  );
}
function collect(form) {
  const out = {};
  for (const input of form.querySelectorAll("[data-field]")) {
    if (input.value === input.dataset.was) continue;
    const field = input.dataset.field,
      value = input.value.trim();
    if (field === "posts")
      out.posts = value
        .split("\n")
        .filter(Boolean)
        .map((l) => {
          const cut = l.lastIndexOf("|");
          return {
            organization: l.slice(0, Math.max(0, cut)).trim() || null,
            title: l.slice(cut + 1).trim(),
          };
        });
    else if (NUMBERS.has(field)) {
      const n = parse(value);
      out[field] = value === "" ? null : n;
    } else out[field] = value || null;
  }
  return out;
}
/** 48.9万 and 1,015,036亿 are numbers, too. */
function parse(text) {
  const m = /^([-−]?[\d,，.]+)\s*(万亿|亿|万)?$/.exec(text);
  if (!m) return text;
  const n =
    Number(m[1].replace(/[,，]/g, "").replace("−", "-")) * ({ 万亿: 1e12, 亿: 1e8, 万: 1e4 }[m[2]] || 1);
  return Number.isFinite(n) ? Number(n.toPrecision(15)) : text;
}
function formEnd() {
  return [
    el(
      "label",
      { class: "wide" },
      el("span", null, W.note),
      el("input", { id: "f-note", autocomplete: "off" }),
    ),
    el(
      "div",
      { class: "judges" },
      el("button", { type: "submit", class: "judge primary" }, W.save),
      el(
        "button",
        { type: "button", class: "judge", onclick: leave },
        W.cancel,
        " ",
        el("kbd", { "aria-hidden": "true" }, "Esc"),
      ),
    ),
  ];
}
function leave() {
  state.editing = null;
  card();
  const line = rows.get(state.record);
  line?.focus({ preventScroll: true });
}
function editForm() {
  const { id, group, record } = state.doc.byId.get(state.editing.id),
    values = flat(record, group);
  const form = el(
    "form",
    {
      class: "form",
      onsubmit: (e) => {
        e.preventDefault();
        const corrected = collect(form),
          note = form.querySelector("#f-note").value.trim();
        verdicts.give(id, {
          verdict: "edit",
          type: group,
          rule: record.rule,
          record: whole(record),
          corrected,
          ...(note ? { note } : {}),
        });
        row(id);
        leave();
        toast(W.saved);
      },
    },
    el(
      "div",
      { class: "cardhead" },
      el("span", { class: "id c-" + LETTER[group] }, id),
      el("h3", null, W.verdict.edit),
    ),
    FIELDS[group].map((f) => control(f, values[f], group)),
    formEnd(),
  );
  return form;
}
function missingForm() {
  const { missing: span, group } = state.editing,
    text = state.doc.slice(...span);
  const type = el(
    "select",
    {
      id: "f-type",
      onchange: () => {
        state.editing.group = type.value;
        card();
        $("f-type")?.focus();
      },
    },
    GROUPS.map((g) => el("option", { value: g }, W[g])),
  );
  type.value = group;
  const fields = {
    metrics: ["name", "value", "unit", "scope", "period"],
    percentages: ["value", "role"],
    dates: ["kind", "start", "end"],
    officials: ["name", "posts"],
  }[group];
  const form = el(
    "form",
    {
      class: "form",
      onsubmit: (e) => {
        e.preventDefault();
        const note = form.querySelector("#f-note").value.trim(),
          id = `+${span[0]}-${span[1]}-${LETTER[group]}`;
        verdicts.give(id, {
          verdict: "missing",
          type: group,
          span: { start: span[0], end: span[1], text },
          corrected: collect(form),
          ...(note ? { note } : {}),
        });
        state.editing = null;
        gather(state.doc);
        write();
        tables();
        select(id);
        toast(W.saved);
      },
    },
    el(
      "div",
      { class: "cardhead" },
      el("span", { class: "id" }, "+"),
      el("h3", null, W.missingTitle, "：", el("q", null, clip(text, 40))),
    ),
    el("label", null, el("span", null, W.type), type),
    fields.map((f) => control(f, group === "officials" && f === "name" ? text : undefined, group)),
    formEnd(),
  );
  return form;
}
