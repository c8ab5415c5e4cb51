"use strict";
/* Hands: mouse, keyboard, windows. */
function pane(name) {
  $("articles").dataset.pane = name;
  for (const button of document.querySelectorAll(".panes button"))
    button.setAttribute("aria-pressed", String(button.dataset.pane === name));
  if (name === "list") reveal();
  if (name === "reading") tie();
}
const visible = (kind) => !state.hidden.has(kind);
function recordAt(node) {
  const piece = node.closest?.("[data-s]"),
    marks = piece && state.doc?.marksOf.get(piece);
  if (!marks) return [];
  const ids = [];
  for (const kinds of ["mpdo", "xyg", "fw", "nt"])
    for (const one of marks)
      if (kinds.includes(one.kind) && visible(one.kind) && one.id && !ids.includes(one.id)) ids.push(one.id);
  return ids;
}
$("text").addEventListener("mouseover", (e) => {
  const [id] = recordAt(e.target);
  if (id !== state.hovered) hover(id || null);
});
$("text").addEventListener("mouseleave", () => hover(null));
// words selected in the text: a button beside them, for hands without a keyboard
let selecting;
document.addEventListener("selectionchange", () => {
  clearTimeout(selecting);
  selecting = setTimeout(() => {
    const span = state.doc && chosenText(),
      button = $("pick-missing");
    button.hidden = !span || span[1] - span[0] > 60;
    if (button.hidden) return;
    const r = getSelection().getRangeAt(0).getBoundingClientRect(),
      box = $("page").getBoundingClientRect();
    fill(button, el("kbd", { "aria-hidden": "true" }, "3"), " ", W.verdict.missing);
    button.style.setProperty("left", Math.max(8, Math.min(box.width - 90, r.left - box.left)) + "px");
    button.style.setProperty("top", r.bottom - box.top + $("page").scrollTop + 6 + "px");
  }, 150);
});
$("pick-missing").addEventListener("pointerdown", (e) => e.preventDefault());
$("pick-missing").addEventListener("click", () => {
  miss();
  $("pick-missing").hidden = true;
});
$("text").addEventListener("click", (e) => {
  if (!getSelection().isCollapsed) return;
  const ids = recordAt(e.target);
  if (ids.length) select(ids[(ids.indexOf(state.record) + 1) % ids.length], { scroll: false });
});
$("tables").addEventListener("mouseover", (e) => {
  const id = e.target.closest?.("tr[data-id]")?.dataset.id;
  if (id !== state.hovered) hover(id || null);
});
$("tables").addEventListener("mouseleave", () => hover(null));
$("tables").addEventListener("click", (e) => {
  const tr = e.target.closest("tr[data-id]");
  if (tr) {
    select(tr.dataset.id);
    rows.get(tr.dataset.id)?.focus({ preventScroll: true });
  }
});
$("tables").addEventListener("keydown", (e) => {
  if (e.key === "ArrowDown" || e.key === "ArrowUp") {
    e.preventDefault();
    step(e.key === "ArrowDown" ? 1 : -1);
    rows.get(state.record)?.focus({ preventScroll: true });
  }
  if (e.key === "Enter" && e.target.dataset?.id) {
    select(e.target.dataset.id);
    pane("reading");
  }
});
$("tabs").addEventListener("keydown", (e) => {
  if (e.key === "ArrowRight" || e.key === "ArrowLeft") {
    e.preventDefault();
    nextTab(e.key === "ArrowRight" ? 1 : -1);
    $("tab-" + state.tab).focus();
  }
});
function nextTab(by) {
  const on = TABS.filter((g) => GROUPS.includes(g) || state.doc?.[g].length);
  state.tab = on[(on.indexOf(state.tab) + by + on.length) % on.length];
  tabs();
}
$("list").addEventListener("scroll", drawRows, { passive: true });
$("list").addEventListener("keydown", (e) => {
  const page = Math.max(1, Math.floor($("list").clientHeight / ROW) - 1),
    n = state.order.length,
    at = Math.max(0, state.order.indexOf(state.article));
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: n - 1,
  }[e.key];
  if (to !== undefined) {
    e.preventDefault();
    const next = state.order[Math.max(0, Math.min(n - 1, to))];
    if (next !== undefined) go(articles[next].id);
  }
  if (e.key === "Enter") {
    pane("reading");
    $("reading").focus();
  }
});
let typing;
$("query").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => search($("query").value), 120);
});
$("query").addEventListener("keydown", (e) => {
  if (e.key === "Enter" && !e.isComposing && state.order.length) {
    go(articles[state.order[0]].id);
    $("list").focus();
  }
  if (e.key === "Escape") {
    $("query").value = "";
    search("");
    $("list").focus();
  }
});
$("find").addEventListener("submit", (e) => e.preventDefault());
$("find").addEventListener("reset", () =>
  setTimeout(() => {
    state.filters = { has: new Set() };
    $("query").value = state.query;
    choices();
    filter();
  }),
);
for (const [id, key] of [
  ["by-rule", "rule"],
  ["by-warning", "warning"],
  ["by-publisher", "publisher"],
  ["by-from", "from"],
  ["by-to", "to"],
  ["by-least", "least"],
  ["by-review", "review"],
])
  $(id).addEventListener("change", (e) => {
    state.filters[key] = e.target.value;
    filter();
  });
$("order").addEventListener("change", (e) => {
  state.sort = e.target.value;
  $("list").scrollTop = 0;
  filter();
});
$("sort").addEventListener("click", leastFirst);
$("download").addEventListener("click", download);
$("merge").addEventListener("click", () => $("merge-file").click());
$("merge-file").addEventListener("change", (e) => {
  if (e.target.files[0]) merge(e.target.files[0]);
  e.target.value = "";
});
$("theme").addEventListener("click", () => theme(true));
$("language").addEventListener("click", () => {
  W = W === WORDS.zh ? WORDS.en : WORDS.zh;
  keep.set("zhextract/language", W === WORDS.zh ? "zh" : "en");
  dress();
  filter();
  if (state.doc) {
    legend();
    facts();
    tables();
    if (state.record) select(state.record, { scroll: false });
    else card();
  }
  for (const box of ["overview", "facts-over"]) if ($(box).hidden) fill($(box));
  if ($("articles").hidden) route();
});
$("help-open").addEventListener("click", () => $("help").showModal());
$("keys-on").addEventListener("change", (e) => keep.set("zhextract/keys", e.target.checked ? "on" : "off"));
$("skip").addEventListener("click", (e) => {
  e.preventDefault();
  pane("reading");
  $("reading").focus();
});
for (const button of document.querySelectorAll(".panes button"))
  button.addEventListener("click", () => pane(button.dataset.pane));
addEventListener("hashchange", route);
let sized;
addEventListener("resize", () => {
  clearTimeout(sized);
  sized = setTimeout(() => {
    drawRows();
    if (state.doc) tie();
    if ($("articles").hidden) route();
  }, 120);
});

document.addEventListener("keydown", (e) => {
  if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey || $("help").open || !index) return;
  if (e.key === "Escape") {
    if (state.editing) return leave();
    if (state.record && !$("articles").hidden) {
      select(null);
      history.replaceState(null, "", "#/a/" + enc(state.doc.id));
    }
    return;
  }
  if (e.target.closest?.("input, select, textarea") || keep.get("zhextract/keys") === "off") return;
  const over = $("articles").hidden;
  const always = {
    "/": () => {
      if (over) {
        location.hash = "#/";
        for (const box of Object.values(VIEWS)) $(box).hidden = box !== "articles";
      }
      pane("list");
      $("query").focus();
      $("query").select();
    },
    "?": () => $("help").showModal(),
    o: () => {
      location.hash = "#/overview";
    },
    f: () => {
      if (index.facts) location.hash = "#/facts";
    },
    a: () => {
      location.hash = $("to-articles").getAttribute("href");
    },
  };
  const here = {
    j: () => step(1),
    k: () => step(-1),
    n: () => turn(1),
    p: () => turn(-1),
    1: () => judge("right"),
    2: () => judge("wrong"),
    3: miss,
    e: edit,
    0: unjudge,
    u: () => verdicts.undo(),
    c: completed,
    s: leastFirst,
    d: () => toggle("x"),
    r: () => toggle("f"),
    t: () => nextTab(1),
  };
  const act = always[e.key] || always[e.key.toLowerCase()] || (!over && here[e.key.toLowerCase()]);
  if (act) {
    e.preventDefault();
    act();
  }
});
