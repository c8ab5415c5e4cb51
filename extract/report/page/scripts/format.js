"use strict";
/* Numbers, changes and dates as people write them. */
const grouped = (n) => {
  const [whole, part] = String(n).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? "." + part : "");
};
/** 489000 is 48.9万; 101503600000000 is 1,015,036亿, as the text has it. */
function people(value) {
  if (value === undefined || value === null) return "";
  const sign = value < 0 ? "−" : "",
    size = Math.abs(value);
  for (const [unit, word] of [
    [1e12, "万亿"],
    [1e8, "亿"],
    [1e4, "万"],
  ]) {
    const share = Number((size / unit).toPrecision(13));
    if (size >= unit && Math.abs(share * 100 - Math.round(share * 100)) < 1e-7)
      return sign + grouped(share) + word;
  }
  return sign + (Number.isInteger(size) || size >= 1 ? grouped(Number(size.toPrecision(13))) : String(size));
}
function level(record) {
  if (record.value === undefined || record.value === null) return "";
  const range =
    record.value_max !== undefined
      ? people(record.value) + "–" + people(record.value_max)
      : people(record.value);
  return (W.bound[record.bound] || "") + range + (record.unit || "");
}
const ARROW = { increase: "↑", decrease: "↓", unchanged: "=" };
function moved(change) {
  if (!change) return "";
  const amount =
    change.amount !== undefined
      ? people(change.amount) + (change.unit || "")
      : change.direction === "unchanged"
        ? ""
        : "";
  return ARROW[change.direction] + (amount ? "\u00a0" + amount : "");
}
/** In a table the unit goes below, that the column stays narrow: ↑ 0.2, 个百分点 同比. */
function movedTwice(change) {
  const long = (change.unit || "").length > 1,
    basis = change.basis === "versus" && change.base ? "" : W.basis[change.basis] || "";
  return [
    el("span", { class: "main" }, moved(long ? { ...change, unit: "" } : change)),
    el(
      "span",
      { class: "sub" },
      [long && change.amount !== undefined ? change.unit : "", basis].filter(Boolean).join(" "),
    ),
  ];
}
function percent(record) {
  return (
    (W.bound[record.bound] || "") +
    record.value +
    (record.value_max !== undefined ? "–" + record.value_max : "") +
    W.unit[record.unit]
  );
}
/** A half-open interval as people write it: 2025-01-01 to 2025-10-01 is "2025-01-01 – 2025-09-30". */
function interval(a, b) {
  if (!a && !b) return "";
  if (!a || !b) return a ? a.replace("T", " ") + " –" : "– " + b.replace("T", " ");
  if (a.includes("T") || b.includes("T"))
    return (
      a.replace("T", " ") + " – " + (a.slice(0, 10) === b.slice(0, 10) ? b.slice(11) : b.replace("T", " "))
    );
  const last = new Date(b + "T00:00:00Z");
  last.setUTCDate(last.getUTCDate() - 1);
  const end = last.toISOString().slice(0, 10);
  if (a === end) return a;
  if (a.endsWith("-01-01") && end.endsWith("-12-31"))
    return a.slice(0, 4) === end.slice(0, 4) ? a.slice(0, 4) : a.slice(0, 4) + " – " + end.slice(0, 4);
  const next = new Date(Date.UTC(+a.slice(0, 4), +a.slice(5, 7), 1)).toISOString().slice(0, 10);
  if (a.endsWith("-01") && next === b) return a.slice(0, 7);
  const quarter = { "01-01 03-31": "Q1", "04-01 06-30": "Q2", "07-01 09-30": "Q3", "10-01 12-31": "Q4" }[
    a.slice(5) + " " + end.slice(5)
  ];
  if (quarter && a.slice(0, 4) === end.slice(0, 4)) return a.slice(0, 4) + " " + quarter;
  return a + " – " + end;
}
const post = (p) => (p.organization || "") + (p.organization ? " " : "") + p.title;
function brief(record, group) {
  if (group === "metrics")
    return [record.name, level(record), moved(record.change)].filter(Boolean).join(" ");
  if (group === "percentages") return percent(record);
  if (group === "dates") return interval(record.start, record.end) || W.kind[record.kind];
  if (group === "officials") return record.name;
  return "";
}
/** How sure the record is: the share of right records of its kind on the gold corpus, and their number. */
function sure(record) {
  return record.confidence ? { share: record.confidence[0], cases: record.confidence[1] } : null;
}
function bar(grade, wide) {
  if (!grade)
    return el("span", { class: wide ? "mute" : "bar none", title: W.unsure }, wide ? W.unsure : "–");
  const size = wide ? 96 : 36,
    shown = Math.round(grade.share * 100);
  return el(
    "span",
    {
      class: "bar" + (grade.cases < 20 ? " few" : ""),
      title: W.sureOf(shown, grade.cases) + (grade.cases < 20 ? " · " + W.few : ""),
    },
    el(
      "svg",
      { width: size, height: wide ? 6 : 4, "aria-hidden": "true" },
      el("rect", { width: size, height: "100%", class: "rest" }),
      el("rect", { width: Math.max(1, size * grade.share), height: "100%", class: "share" }),
    ),
    el("span", { class: wide ? "" : "num" }, wide ? W.sureOf(shown, grade.cases) : shown),
  );
}
