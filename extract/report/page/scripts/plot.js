"use strict";
/* A metric over time; a point leads to its sentence. */
/** What a point stands for: what runs from January is no month, and the two make no line. */
function lasts(p) {
  if (!p.start || !p.end) return "";
  const days = day(p.end) - day(p.start);
  const whole = [
    ["day", 1, 1],
    ["month", 28, 31],
    ["quarter", 90, 92],
    ["year", 365, 366],
  ].find(([, least, most]) => days >= least && days <= most);
  if (whole && !(whole[0] === "quarter" && p.start.slice(5, 10) === "01-01")) return whole[0];
  return p.start.slice(5, 10) === "01-01" && days < 365 ? "todate" : "other";
}
let plotted = { mode: "level", scope: "", unit: null, lasts: "" };
async function plot(data) {
  const box = $("plot"),
    entry = data.metrics.find((m) => m[0] === state.metric);
  if (!entry) return fill(box, el("h2", null, state.metric || ""));
  const points = (await load(`s/${entry[4]}`)).find(([n]) => n === state.metric)?.[1] || [];
  if (plotted.name !== state.metric)
    plotted = { name: state.metric, mode: "level", scope: "", unit: null, lasts: "" };
  const values = points.filter((p) => p.value !== undefined),
    rates = points.filter((p) => p.amount !== undefined);
  const dated = (list) => list.filter((p) => p.start && p.end).length;
  if (!plotted.touched && dated(values) < 2 && dated(rates) > dated(values)) plotted.mode = "rate";
  const of = plotted.mode === "level" ? values : rates,
    unitOf = (p) => (plotted.mode === "level" ? p.unit || "" : p.of || "");
  const tally = (list) => {
    const n = new Map();
    list.forEach((v) => n.set(v, (n.get(v) || 0) + 1));
    return [...n].sort((a, b) => b[1] - a[1]);
  };
  const units = tally(of.map(unitOf)),
    unit = units.some((u) => u[0] === plotted.unit) ? plotted.unit : (units[0]?.[0] ?? "");
  const scopes = tally(of.map((p) => p.scope || ""));
  const ofUnit = of.filter((p) => unitOf(p) === unit);
  const spells = tally(ofUnit.map(lasts).filter(Boolean));
  const inScope = ofUnit.filter(
    (p) =>
      (!plotted.scope || (p.scope || "-") === plotted.scope) &&
      (!plotted.lasts || lasts(p) === plotted.lasts),
  );
  const drawnPoints = inScope.filter((p) => p.start && p.end).sort((a, b) => a.end.localeCompare(b.end));
  const again = (change) => {
    Object.assign(plotted, change, { touched: true });
    plot(data);
  };
  const pickOne = (label, options, value, act) => {
    const s = el(
      "select",
      { "aria-label": label, onchange: (e) => act(e.target.value) },
      options.map(([v, t]) => el("option", { value: v }, t)),
    );
    s.value = value;
    return s;
  };
  const caption = el("p", { class: "caption", role: "status" }, W.plotHint);
  fill(
    box,
    el(
      "div",
      { class: "plothead" },
      el("h2", null, state.metric, unit.length > 2 ? el("span", { class: "mute" }, unit) : null),
      el(
        "div",
        { class: "modes", role: "group", "aria-label": W.col.value },
        [
          ["level", W.level, values.length],
          ["rate", W.rate, rates.length],
        ].map(([mode, word, n]) =>
          el(
            "button",
            {
              type: "button",
              "aria-pressed": String(plotted.mode === mode),
              disabled: !n,
              onclick: () => again({ mode, unit: null }),
            },
            word,
            " ",
            el("span", { class: "num" }, n),
          ),
        ),
      ),
      units.length > 1
        ? pickOne(
            W.usual,
            units.map(([u, n]) => [u, `${u || "–"} (${n})`]),
            unit,
            (u) => again({ unit: u }),
          )
        : null,
      spells.length > 1
        ? pickOne(
            W.f.period,
            [["", W.spellAll], ...spells.map(([kind, n]) => [kind, `${W.spell[kind]} (${n})`])],
            plotted.lasts,
            (kind) => again({ lasts: kind }),
          )
        : null,
      scopes.length > 1
        ? pickOne(
            W.f.scope,
            [["", W.scopeAll], ...scopes.map(([s, n]) => [s || "-", `${s || W.noScope} (${n})`])],
            plotted.scope,
            (s) => again({ scope: s }),
          )
        : null,
      el(
        "button",
        {
          type: "button",
          class: "link",
          onclick: () => {
            $("query").value = state.metric;
            location.hash = "#/";
            search(state.metric);
            pane("list");
          },
        },
        W.articlesWith,
      ),
    ),
    drawnPoints.length ? drawing(drawnPoints, { box, unit, mode: plotted.mode, label: state.metric, caption }) : el("p", { class: "mute nothing" }, W.noPoints),
    caption,
    inScope.length > drawnPoints.length
      ? el("p", { class: "mute" }, W.undated(inScope.length - drawnPoints.length))
      : null,
    el(
      "details",
      null,
      el("summary", null, W.table),
      el(
        "div",
        { class: "pick scroll" },
        el(
          "table",
          null,
          el(
            "tbody",
            null,
            inScope.map((p) =>
              el(
                "tr",
                null,
                el("td", { class: "num" }, interval(p.start, p.end) || "–"),
                el(
                  "td",
                  { class: "r num val" },
                  plotted.mode === "level"
                    ? level(p)
                    : ARROW[p.direction] + " " + people(p.amount) + (p.of || ""),
                ),
                el("td", null, p.scope || ""),
                el(
                  "td",
                  { class: "name" },
                  el(
                    "a",
                    { href: "#/a/" + enc(articles[p.a].id) + "/" + p.id },
                    clip(articles[p.a].title || articles[p.a].head || articles[p.a].id, 24),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
const day = (text) => Date.parse(text.length > 10 ? text + "Z" : text + "T00:00:00Z") / 864e5;
function nice(low, high, n) {
  if (low === high) {
    low -= Math.abs(low) * 0.1 || 1;
    high += Math.abs(high) * 0.1 || 1;
  }
  const raw = (high - low) / n,
    power = 10 ** Math.floor(Math.log10(raw)),
    stepBy = [1, 2, 2.5, 5, 10].find((s) => s * power >= raw) * power;
  const from = Math.floor(low / stepBy) * stepBy,
    out = [];
  for (let v = from; v < high + stepBy * 0.999; v += stepBy) out.push(Number(v.toPrecision(12)));
  return out;
}
/** The plot of points, as wide as its box; `mode` says whether levels or changes, `caption` tells of a point. */
function drawing(points, { box, unit, mode, label, caption }) {
  const width = Math.max(250, Math.min(860, box.clientWidth || 640)),
    height = width < 480 ? 240 : 300,
    L = 84,
    R = 30,
    T = 14,
    B = 30;
  const val = (p) =>
    mode === "level"
      ? p.value
      : p.direction === "decrease"
        ? -p.amount
        : p.direction === "unchanged"
          ? 0
          : p.amount;
  const all = points.map(val),
    low = Math.min(...all),
    high = Math.max(...all);
  const ticks = nice(mode === "level" && low > 0 && low < high * 0.5 ? 0 : low, high, 5);
  const x0 = Math.min(...points.map((p) => day(p.start))),
    x1 = Math.max(...points.map((p) => day(p.end))),
    span = Math.max(30, x1 - x0);
  const x = (d) => L + ((width - L - R) * (d - x0)) / span,
    y = (v) => T + (height - T - B) * (1 - (v - ticks[0]) / (ticks[ticks.length - 1] - ticks[0]));
  const marks = [],
    from = new Date(x0 * 864e5),
    years = span / 365;
  if (years > 1.5) {
    const every = Math.ceil(years / (width < 480 ? 5 : 10));
    for (let yr = from.getUTCFullYear(); ; yr++) {
      const d = Date.UTC(yr, 0, 1) / 864e5;
      if (d > x1) break;
      if (d >= x0 - 1 && yr % every === 0) marks.push([d, String(yr)]);
    }
  } else
    for (let m = from.getUTCMonth() + from.getUTCFullYear() * 12; ; m++) {
      const d = Date.UTC(Math.floor(m / 12), m % 12, 1) / 864e5;
      if (d > x1) break;
      if (d >= x0 - 1 && (years < 0.5 || m % 3 === 0))
        marks.push([d, `${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, "0")}`]);
    }
  const tell = async (p) => {
    const a = articles[p.a],
      [k, n] = placeOf(p.a),
      what = `${interval(p.start, p.end)} · ${mode === "level" ? level(p) : ARROW[p.direction] + " " + people(p.amount) + (p.of || "")}${p.scope ? " · " + p.scope : ""}`;
    fill(caption, el("strong", { class: "num" }, what), " ");
    const [records, texts] = await Promise.all([shard("r", k), shard("t", k)]);
    const record = records[n].metrics.find((m) => m.id === p.id),
      points = Array.from(texts[n]);
    if (!record || !caption.firstChild || caption.firstChild.textContent !== what) return;
    let s = record.span[0],
      e = record.span[1];
    while (s > 0 && !/[。！？\n]/.test(points[s - 1]) && record.span[0] - s < 60) s--;
    while (e < points.length && !/[。！？\n]/.test(points[e]) && e - record.span[1] < 40) e++;
    fill(
      caption,
      el("strong", { class: "num" }, what),
      el("br"),
      el(
        "q",
        null,
        points.slice(s, record.span[0]).join(""),
        el("mark", null, points.slice(...record.span).join("")),
        points.slice(record.span[1], e).join(""),
      ),
      el("span", { class: "mute" }, " ", clip(a.title || a.head || a.id, 30)),
    );
  };
  return el(
    "svg",
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      class: "plot",
      role: "group",
      "aria-label": `${label} (${unit})`,
    },
    ticks.map((v) => [
      el("line", {
        x1: L,
        x2: width - R,
        y1: Math.round(y(v)) + 0.5,
        y2: Math.round(y(v)) + 0.5,
        class: v === 0 ? "axis" : "grid",
      }),
      el("text", { x: L - 10, y: y(v) + 4, class: "tick end" }, people(v) + (unit.length < 3 ? unit : "")),
    ]),
    marks.map(([d, t]) => [
      el("line", { x1: x(d), x2: x(d), y1: height - B, y2: height - B + 5, class: "axis" }),
      el("text", { x: x(d), y: height - B + 19, class: "tick mid" }, t),
    ]),
    points.map((p) => {
      const v = y(val(p));
      return el(
        "a",
        {
          svg: true,
          href: "#/a/" + enc(articles[p.a].id) + "/" + p.id,
          class: "point" + (p.bound ? " about" : "") + (p.earlier ? " earlier" : ""),
          "aria-label": `${interval(p.start, p.end)}, ${mode === "level" ? level(p) : moved({ direction: p.direction, amount: p.amount, unit: p.of })}${p.scope ? ", " + p.scope : ""}`,
          onmouseenter: () => tell(p),
          onfocus: () => tell(p),
        },
        el("rect", {
          x: x(day(p.start)) - 4,
          y: v - 9,
          width: Math.max(12, x(day(p.end)) - x(day(p.start)) + 8),
          height: 18,
          class: "touch",
        }),
        el("line", { x1: x(day(p.start)), x2: x(day(p.end)), y1: v, y2: v }),
        el("circle", { cx: x(day(p.end)), cy: v, r: 4.5 }),
      );
    }),
  );
}
