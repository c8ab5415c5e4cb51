"use strict";
/* What `zhextract facts` gathered across the articles: series, careers, contradictions. */
const seriesName = (s) => (W.lang === "en" && s.english) || s.name;
async function factsOver(what, name) {
  const box = $("facts-over");
  if (!box.childElementCount) fill(box, el("p", { class: "mute" }, W.loading));
  let data, pairs;
  try {
    [data, pairs] = await Promise.all([load("facts"), load("contradictions")]);
  } catch {
    fill(box, el("p", null, W.failed));
    return;
  }
  if (what === "s") state.series = data.series[Number(name)] ? Number(name) : 0;
  if (what === "p") state.held = data.persons.find((p) => whole16(p[0]) === name)?.[0] ?? null;
  state.series ??= 0;
  state.held ??= data.persons[0]?.[0];
  const keepTop = box.dataset.ready ? box.scrollTop : 0;
  fill(
    box,
    el("div", { class: "split" }, el("section", null, ...seriesList(data)), el("section", { id: "series" })),
    el(
      "div",
      { class: "split" },
      el("section", null, ...heldList(data)),
      el("section", { id: "held", class: "career" }),
    ),
    el(
      "section",
      { id: "contradictions", class: "weak" },
      el("h2", null, W.contradictions, el("span", { class: "mute" }, W.contradictionsHint(pairs.length))),
      pairs.map(sides),
    ),
  );
  box.dataset.ready = "1";
  box.scrollTop = keepTop;
  await Promise.all([seriesShown(data), heldShown(data)]);
  if (what && !keepTop) $({ s: "series", p: "held" }[what] ?? "contradictions").scrollIntoView({ block: "nearest" });
}
function seriesList(data) {
  const items = data.series.map((s, k) => [
    [seriesName(s), s.place, s.cumulative ? W.spell.todate : ""].filter(Boolean).join(" · "),
    s.points,
    s.unit || "",
    k,
  ]);
  const heads = [W.col.name, W.points, W.usual];
  return [
    el(
      "h2",
      null,
      W.series,
      el("span", { class: "mute" }, W.frequentHint(items.length, data.allSeries, grouped(data.allSeries))),
    ),
    picker(items, W.filterSeries, (i) => "#/facts/s/" + i[3], items[state.series]?.[0], heads, (i) => i.slice(0, 3)),
  ];
}
function heldList(data) {
  const heads = [W.col.name, W.posts, W.inArticles, W.latest];
  const address = (p) => "#/facts/p/" + enc(p[0]);
  return [
    el(
      "h2",
      null,
      W.careers,
      el("span", { class: "mute" }, W.personsHint(data.persons.length, data.allPersons, grouped(data.allPersons))),
    ),
    picker(data.persons, W.filterPersons, address, state.held, heads, (p) => p.slice(0, 4)),
  ];
}
/** Days, months and years are no one line: the kind of interval that has most points is drawn first. */
let spelled = { series: null, lasts: "" };
async function seriesShown(data) {
  const box = $("series"),
    s = data.series[state.series];
  if (!s) return fill(box, el("p", { class: "mute" }, W.none));
  const points = (await load(`fs/${s.script}`))[s.at];
  const kinds = new Map();
  for (const p of points) kinds.set(lasts(p), (kinds.get(lasts(p)) || 0) + 1);
  const spells = [...kinds].sort((a, b) => b[1] - a[1]);
  if (spelled.series !== state.series) spelled = { series: state.series, lasts: spells[0][0] };
  const shown = points.filter((p) => !spelled.lasts || lasts(p) === spelled.lasts);
  const name = seriesName(s),
    unit = s.unit || "",
    caption = el("p", { class: "caption", role: "status" }, W.seriesHint);
  const choose = el(
    "select",
    {
      "aria-label": W.f.period,
      onchange: (e) => {
        spelled.lasts = e.target.value;
        seriesShown(data);
      },
    },
    [["", W.spellAll], ...spells.map(([kind, n]) => [kind, `${W.spell[kind]} (${n})`])].map(([v, t]) =>
      el("option", { value: v }, t),
    ),
  );
  choose.value = spelled.lasts;
  fill(
    box,
    el(
      "div",
      { class: "plothead" },
      el("h2", null, name, el("span", { class: "mute" }, [s.place, unit].filter(Boolean).join(" · "))),
      spells.length > 1 ? choose : null,
    ),
    drawing(shown, { box, unit, mode: "level", label: name, caption }),
    caption,
    el(
      "details",
      null,
      el("summary", null, W.table),
      el("div", { class: "pick scroll", tabindex: "0", role: "region", "aria-label": W.table }, pointTable(shown)),
    ),
  );
}
function pointTable(points) {
  return el(
    "table",
    null,
    el(
      "tbody",
      null,
      points.map((p) =>
        el(
          "tr",
          null,
          el("td", { class: "num" }, interval(p.start, p.end)),
          el("td", { class: "r num val" }, level(p)),
          el("td", { class: "mute" }, p.earlier ? W.earlier : ""),
          el("td", { class: "name" }, toRecord(p)),
        ),
      ),
    ),
  );
}
async function heldShown(data) {
  const box = $("held"),
    person = data.persons.find((p) => p[0] === state.held);
  if (!person) return fill(box, el("p", { class: "mute" }, W.none));
  career(box, person[0], (await load(`fp/${person[4]}`))[person[5]]);
}
/** Two statements of one thing, side by side. */
function sides(pair) {
  const unit = pair.unit || "";
  return el(
    "article",
    { class: "pair" },
    el("h3", null, [pair.name, pair.place, interval(pair.start, pair.end)].join(" · ")),
    el(
      "div",
      { class: "sides" },
      pair.sides.map((side) =>
        el(
          "section",
          null,
          el("p", { class: "val num" }, people(side.value) + unit),
          el("blockquote", null, side.sentence),
          el("p", null, toRecord(side), " ", el("span", { class: "mute num" }, articles[side.a].published || "")),
        ),
      ),
    ),
  );
}
const toRecord = (p) =>
  el(
    "a",
    { href: "#/a/" + enc(articles[p.a].id) + "/" + p.id },
    clip(articles[p.a].title || articles[p.a].head || articles[p.a].id, 30),
  );
