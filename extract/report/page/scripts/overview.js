"use strict";
/* The whole: counts, months, publishers, folders, warnings, metrics, persons, rules. */
async function overview(what, name) {
  const box = $("overview");
  if (!box.childElementCount) fill(box, el("p", { class: "mute" }, W.loading));
  let data;
  try {
    data = await load("overview");
  } catch {
    fill(box, el("p", null, W.failed));
    return;
  }
  if (what === "m") state.metric = data.metrics.find((m) => whole16(m[0]) === name)?.[0] ?? name;
  if (what === "p") state.person = data.persons.find((p) => whole16(p[0]) === name)?.[0] ?? name;
  state.metric ??= data.metrics[0]?.[0];
  state.person ??= data.persons[0]?.[0];
  const sums = [0, 1, 2, 3, 4].map((k) => articles.reduce((n, a) => n + a.counts[k], 0));
  const count = (of) => {
    const n = new Map();
    for (const a of articles) {
      const v = of(a);
      n.set(v, (n.get(v) || 0) + 1);
    }
    return [...n].sort((a, b) => b[1] - a[1]);
  };
  const keepTop = box.dataset.ready ? box.scrollTop : 0;
  fill(
    box,
    el(
      "dl",
      { class: "totals", "aria-label": W.totals },
      [
        [W.articles, articles.length, ""],
        ...GROUPS.map((g, k) => [W[g], sums[k], "c-" + LETTER[g]]),
        [W.warnings, sums[4], "c-w"],
        [W.reviewed, verdicts.total(), ""],
      ].map(([word, n, c]) =>
        el("div", { class: c }, el("dt", null, word), el("dd", { class: "num" }, grouped(n))),
      ),
    ),
    el(
      "div",
      { class: "three" },
      el("section", { class: "wide2" }, el("h2", null, W.perDay), months()),
      el("section", null, el("h2", null, W.byPublisher), shares(count((a) => a.publisher || W.unknown))),
      el("section", null, ...parted(count)),
      el(
        "section",
        null,
        el("h2", null, W.warnings),
        shares(
          index.codes.map((c, k) => [W.code[c] || c, articles.filter((a) => a.warn.includes(k)).length]),
        ),
      ),
    ),
    el(
      "div",
      { class: "split" },
      el(
        "section",
        null,
        el(
          "h2",
          null,
          W.frequent,
          el("span", { class: "mute" }, W.frequentHint(data.metrics.length, data.names, grouped(data.names))),
        ),
        picker(
          data.metrics,
          W.filterNames,
          (m) => "#/overview/m/" + enc(m[0]),
          state.metric,
          [W.col.name, W.times, W.inArticles, W.usual],
          (m) => [m[0], m[1], m[2], m[3]],
        ),
      ),
      el("section", { id: "plot" }),
    ),
    el(
      "div",
      { class: "split" },
      el(
        "section",
        null,
        el(
          "h2",
          null,
          W.persons,
          el(
            "span",
            { class: "mute" },
            W.personsHint(data.persons.length, data.people, grouped(data.people)),
          ),
        ),
        picker(
          data.persons,
          W.filterPersons,
          (p) => "#/overview/p/" + enc(p[0]),
          state.person,
          [W.col.name, W.inArticles, W.times, W.latest],
          (p) => [p[0], p[1], p[2], p[3]],
        ),
      ),
      el("section", { id: "career", class: "career" }),
    ),
    el(
      "section",
      { class: "weak" },
      el("h2", null, W.weakest, el("span", { class: "mute" }, W.weakestHint)),
      weakest(),
    ),
  );
  box.dataset.ready = "1";
  box.scrollTop = keepTop;
  const entries = (await load("persons")).find(([n]) => n === state.person)?.[1] || [];
  career($("career"), state.person || "", entries);
  await plot(data);
  if (what && !keepTop) $(what === "m" ? "plot" : "career")?.scrollIntoView({ block: "nearest" });
}
/** By folder where there are several, else by script. */
function parted(count) {
  const folders = count((a) => a.folder || "/");
  if (folders.length > 1) return [el("h2", null, W.folders), shares(folders)];
  return [el("h2", null, W.byScript), shares(count((a) => W.script[a.script] || W.unknown))];
}
function shares(pairs) {
  const top = pairs.slice(0, 6),
    most = Math.max(1, ...top.map((p) => p[1]));
  if (!top.length) return el("p", { class: "mute" }, W.none);
  return el(
    "table",
    { class: "shares" },
    el(
      "tbody",
      null,
      top.map(([word, n]) =>
        el(
          "tr",
          null,
          el("th", { scope: "row" }, word),
          el("td", { class: "r num" }, grouped(n)),
          el(
            "td",
            { class: "barcell" },
            el(
              "svg",
              { width: 52, height: 6, "aria-hidden": "true" },
              el("rect", { width: Math.max(1, (52 * n) / most), height: 6, class: "share" }),
            ),
          ),
        ),
      ),
    ),
  );
}
/** Rules by their share of right records; a click lists the articles in which they fired. */
function weakest() {
  const found = rules
    .map((rule, k) => [rule, k])
    .flatMap(([rule, k]) =>
      Object.entries(rule.grades || {}).map(([group, [right, cases]]) => ({
        rule,
        k,
        group,
        share: right / cases,
        cases,
      })),
    );
  found.sort((a, b) => a.share - b.share || b.cases - a.cases);
  if (!found.length) return el("p", { class: "mute" }, W.unsure);
  const uses = new Map();
  for (const a of articles) for (const k of a.rules) uses.set(k, (uses.get(k) || 0) + 1);
  const list = (k) => {
    state.filters.rule = String(k);
    choices();
    filter();
    location.hash = "#/";
    $("filters").open = true;
    pane("list");
  };
  return el(
    "div",
    { class: "pick scroll", tabindex: "0", role: "region", "aria-label": W.weakest },
    el(
      "table",
      null,
      el(
        "thead",
        null,
        el(
          "tr",
          null,
          [W.col.rule, W.type, W.f.sure, W.inArticles, W.col.reason].map((h, n) =>
            el("th", { scope: "col", class: n === 3 ? "r" : "" }, h),
          ),
        ),
      ),
      el(
        "tbody",
        null,
        found
          .slice(0, 60)
          .map(({ rule, k, group, share, cases }) =>
            el(
              "tr",
              null,
              el(
                "td",
                null,
                el(
                  "button",
                  { type: "button", class: "link", onclick: () => list(k) },
                  el("code", null, rule.id),
                ),
              ),
              el("td", { class: "c-" + LETTER[group] }, W[group]),
              el("td", { class: "nowrap" }, bar({ share, cases }, true)),
              el("td", { class: "r num" }, grouped(uses.get(k) || 0)),
              el("td", { class: "mute" }, rule.reason || ""),
            ),
          ),
      ),
    ),
  );
}
function months() {
  const n = new Map();
  let none = 0;
  for (const a of articles) {
    if (a.published) n.set(a.published.slice(0, 7), (n.get(a.published.slice(0, 7)) || 0) + 1);
    else none++;
  }
  const keys = [...n.keys()].sort();
  if (!keys.length) return el("p", { class: "mute" }, W.noDated);
  const slot = (key) => Number(key.slice(0, 4)) * 12 + Number(key.slice(5)) - 1,
    first = Math.floor(slot(keys[0]) / 12) * 12,
    last = Math.floor(slot(keys[keys.length - 1]) / 12) * 12 + 12;
  const wide = $("overview").clientWidth >= 760,
    width = wide ? 520 : Math.max(280, $("overview").clientWidth - 34),
    height = 96,
    low = 76,
    most = Math.max(...n.values()),
    w = width / (last - first);
  const years = (last - first) / 12,
    each = Math.ceil(years / (wide ? 11 : 6)),
    thick = Math.max(2, Math.min(18, w - 1));
  const ticks =
    years <= 2
      ? Array.from({ length: years * 12 }, (_, m) =>
          m % (3 * years)
            ? null
            : [m, `${Math.floor((first + m) / 12)}-${String((m % 12) + 1).padStart(2, "0")}`],
        )
      : Array.from({ length: years }, (_, y) => (y % each ? null : [y * 12, String(first / 12 + y)]));
  return el(
    "figure",
    null,
    el(
      "svg",
      {
        viewBox: `0 0 ${width} ${height}`,
        class: "months",
        role: "img",
        "aria-label":
          `${W.perDay}: ` +
          keys
            .slice(-24)
            .map((k) => `${k} ${n.get(k)}`)
            .join(", "),
      },
      el("line", { x1: 0, x2: width, y1: low + 0.5, y2: low + 0.5, class: "axis" }),
      keys.map((k) => {
        const h = Math.max(3, (64 * n.get(k)) / most);
        return el(
          "rect",
          { x: (slot(k) - first) * w, y: low - h, width: thick, height: h, class: "share" },
          el("title", null, `${k} · ${n.get(k)}`),
        );
      }),
      ticks.filter(Boolean).map(([m, t]) => el("text", { x: m * w, y: height - 4, class: "tick" }, t)),
    ),
    el("figcaption", { class: "mute" }, W.busiest(most), none ? " · " + W.noDay(grouped(none)) : ""),
  );
}
/** A table to choose from: `address` gives where an item leads, `cells` its name and what is said of it. */
function picker(items, hint, address, chosen, heads, cells) {
  const body = el("tbody"),
    first = items.length ? cells(items[0]) : [],
    box = el("div", { class: "pick scroll", tabindex: "0", role: "region", "aria-label": hint });
  const show = (query) => {
    const q = fold(query.trim());
    fill(
      body,
      items
        .filter((i) => !q || fold(i[0]).includes(q))
        .slice(0, 200)
        .map((i) => {
          const [name, ...rest] = cells(i);
          return el(
            "tr",
            { "aria-current": name === chosen ? "true" : null },
            el("td", { class: "name" }, el("a", { href: address(i) }, name)),
            rest.map((c, k) =>
              el(
                "td",
                { class: typeof c === "number" ? "r num" : "mute last" },
                typeof c === "number" ? grouped(c) : clip(c, 30),
              ),
            ),
          );
        }),
    );
  };
  show("");
  box.append(
    el(
      "table",
      null,
      el(
        "thead",
        null,
        el(
          "tr",
          null,
          heads.map((h, k) => el("th", { scope: "col", class: typeof first[k] === "number" ? "r" : "" }, h)),
        ),
      ),
      body,
    ),
  );
  return el(
    "div",
    { class: "picker" },
    el("input", {
      type: "search",
      placeholder: hint,
      "aria-label": hint,
      oninput: (e) => show(e.target.value),
    }),
    box,
  );
}
