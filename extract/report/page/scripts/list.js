"use strict";
/* The articles: filters, order, rows (only those in sight are drawn). */
function choices() {
  const names = GROUPS.concat("warnings");
  const f = state.filters;
  f.has ||= new Set();
  fill(
    $("has"),
    names.map((name, k) =>
      el(
        "label",
        { class: "chip " + (LETTER[name] ? "c-" + LETTER[name] : "c-w") },
        el("input", {
          type: "checkbox",
          checked: f.has.has(k),
          onchange: (e) => {
            e.target.checked ? f.has.add(k) : f.has.delete(k);
            filter();
          },
        }),
        W[name],
      ),
    ),
  );
  const count = (values) => {
    const n = new Map();
    for (const v of values) n.set(v, (n.get(v) || 0) + 1);
    return [...n].sort((a, b) => b[1] - a[1]);
  };
  const options = (id, pairs, value) => {
    fill(
      $(id),
      el("option", { value: "" }, W.any),
      pairs.map(([v, text]) => el("option", { value: v }, text)),
    );
    $(id).value = value ?? "";
  };
  options(
    "by-rule",
    count(articles.flatMap((a) => a.rules)).map(([k, n]) => [k, `${rules[k]?.id ?? k} (${n})`]),
    f.rule,
  );
  options(
    "by-warning",
    count(articles.flatMap((a) => a.warn)).map(([k, n]) => [
      k,
      `${W.code[index.codes[k]] || index.codes[k]} (${n})`,
    ]),
    f.warning,
  );
  options(
    "by-publisher",
    count(articles.map((a) => a.publisher ?? null)).map(([p, n]) => [
      p === null ? "\u0000" : p,
      `${p ?? W.unknown} (${n})`,
    ]),
    f.publisher,
  );
  options(
    "by-least",
    [50, 70, 80, 90, 95].map((x) => [x, W.below(x)]),
    f.least,
  );
  fill(
    $("by-review"),
    Object.entries(W.states).map(([k, text]) => el("option", { value: k === "any" ? "" : k }, text)),
  );
  $("by-review").value = f.review ?? "";
  fill(
    $("order"),
    Object.entries(W.orders).map(([k, text]) => el("option", { value: k }, text)),
  );
  $("order").value = state.sort;
  $("order").setAttribute("aria-label", W.order);
}
function filter(progress) {
  const f = state.filters,
    parts = state.query ? fold(state.query).split(/\s+/) : [];
  const fit = (a) => {
    if (f.has?.size && ![...f.has].every((k) => a.counts[k] > 0)) return false;
    if (f.rule && !a.rules.includes(Number(f.rule))) return false;
    if (f.warning && !a.warn.includes(Number(f.warning))) return false;
    if (f.publisher && (a.publisher ?? "\u0000") !== f.publisher) return false;
    if ((f.from && !(a.published >= f.from)) || (f.to && !(a.published <= f.to))) return false;
    if (f.least && !(a.least < Number(f.least))) return false;
    if (f.review) {
      const n = verdicts.perArticle.get(a.digest) || 0,
        done = verdicts.complete.has(a.digest);
      if (
        (f.review === "none" && n) ||
        (f.review === "some" && !n) ||
        (f.review === "complete" && !done) ||
        (f.review === "open" && done)
      )
        return false;
    }
    return !parts.length || state.hits.has(a.i) || (hay && parts.every((p) => hay[a.i].includes(p)));
  };
  const by = {
    given: null,
    newest: (a, b) => (b.published || "").localeCompare(a.published || ""),
    oldest: (a, b) => (a.published || "9").localeCompare(b.published || "9"),
    least: (a, b) => a.least - b.least,
    warnings: (a, b) => b.counts[4] - a.counts[4],
    most: (a, b) => total(b) - total(a),
  }[state.sort];
  const fitting = articles.filter(fit);
  if (by) fitting.sort((a, b) => by(a, b) || a.i - b.i);
  state.order = fitting.map((a) => a.i);
  const on =
    [f.rule, f.warning, f.publisher, f.from, f.to, f.least, f.review].filter(Boolean).length +
    (f.has?.size || 0);
  fill($("filters-on"), on ? String(on) : "");
  $("clear").hidden = !on;
  fill(
    $("found"),
    state.order.length
      ? W.found(grouped(state.order.length), grouped(articles.length))
      : progress
        ? ""
        : W.nothing,
    progress ? W.looking(...progress) : "",
  );
  drawRows();
}
const total = (a) => a.counts[0] + a.counts[1] + a.counts[2] + a.counts[3];

function drawRows() {
  if (!index) return;
  const list = $("list"),
    rows = $("rows"),
    n = state.order.length;
  rows.style.setProperty("height", n * ROW + "px");
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 3),
    last = Math.min(n, first + Math.ceil((list.clientHeight || 800) / ROW) + 7);
  fill(
    rows,
    state.order.slice(first, last).map((i, k) => option(articles[i], first + k, n)),
  );
  list.setAttribute("aria-activedescendant", state.article >= 0 ? "a" + state.article : "");
}
function option(a, place, n) {
  const done = verdicts.complete.has(a.digest),
    some = verdicts.perArticle.get(a.digest) || 0;
  const node = el("div", {
    class: "option",
    role: "option",
    id: "a" + a.i,
    "aria-selected": String(a.i === state.article),
    "aria-posinset": place + 1,
    "aria-setsize": n,
    onclick: () => {
      go(a.id);
      pane("reading");
    },
  });
  node.style.setProperty("top", place * ROW + "px");
  const hit = state.hits.get(a.i);
  const title = el(
    "div",
    {
      class: "option-title" + (hit ? " one" : "") + (a.title ? "" : " untitled"),
      lang: a.script === "t" ? "zh-Hant" : "zh-Hans",
    },
    a.title || a.head || a.id,
  );
  add(node, [title]);
  if (hit) node.append(el("div", { class: "hitline" }, hit[0], el("mark", null, hit[1]), hit[2]));
  node.append(
    el(
      "div",
      { class: "option-meta" },
      el("span", { class: "day" }, a.published || W.noDate),
      el(
        "span",
        { class: "from" },
        [a.publisher, a.script !== "s" && W.script[a.script]]
          .filter(Boolean)
          .map((w) => " · " + w)
          .join(""),
      ),
      el(
        "span",
        { class: "option-counts", title: GROUPS.map((g, k) => `${W[g]} ${a.counts[k]}`).join(" · ") },
        GROUPS.map((g, k) =>
          el("span", { class: "c-" + LETTER[g] + (a.counts[k] ? "" : " zero") }, a.counts[k]),
        ),
        a.counts[4]
          ? el("span", { class: "c-w", title: `${W.warnings} ${a.counts[4]}` }, "!" + a.counts[4])
          : null,
        done
          ? el("span", { class: "done", title: W.completeOn }, "✓")
          : some
            ? el("span", { class: "some", title: W.reviewedN(some, total(a)) }, "·" + some)
            : null,
      ),
    ),
  );
  return node;
}
function reveal() {
  const place = state.order.indexOf(state.article),
    list = $("list");
  if (place < 0) return drawRows();
  const top = place * ROW;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ROW > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW - list.clientHeight;
  drawRows();
}
function turn(by) {
  const place = state.order.indexOf(state.article),
    next = state.order[place < 0 ? 0 : place + by];
  if (next !== undefined) go(articles[next].id);
}
