"use strict";
/* A person over time, by the posts that articles give. */
/** When an entry is of: the day of the event that it states, else the day of the article. */
const when = (e) => e.post?.on || e.posts[0]?.on || articles[e.a].published;
function career(box, person, entries) {
  const posts = new Map();
  for (const one of entries)
    for (const p of one.posts) {
      const key = post(p);
      if (!posts.has(key)) posts.set(key, []);
      posts.get(key).push({ ...one, post: p });
    }
  const dated = entries.filter(when);
  const link = (e, text) => el("a", { href: "#/a/" + enc(articles[e.a].id) + "/" + e.id }, text);
  const days = dated.map((e) => day(when(e))),
    x0 = Math.min(...days),
    x1 = Math.max(...days),
    width = Math.max(250, Math.min(860, box.clientWidth || 640)),
    L = 10,
    R = 10;
  const x = (d) => (x1 > x0 ? L + ((width - L - R) * (d - x0)) / (x1 - x0) : width / 2);
  const thin = (list) => {
    const each = Math.ceil(list.length / 60);
    return list.filter(
      (e, k) =>
        k % each === 0 || k === list.length - 1 || e.post.event === "appointed" || e.post.event === "removed",
    );
  };
  const tracks = [...posts]
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, 12)
    .map(([name, list]) => [
      name,
      thin(
        list
          .filter(when)
          .sort((a, b) => when(a).localeCompare(when(b))),
      ),
      list,
    ]);
  const height = 26,
    caption = el("p", { class: "mute careercaption", role: "status" }, W.careerHint);
  const telling = (e, ev) =>
    fill(
      caption,
      el("strong", { class: "num" }, when(e)),
      " ",
      [W.event[ev], articles[e.a].title || articles[e.a].head].filter(Boolean).join(" · "),
    );
  const year0 = dated.length ? new Date(x0 * 864e5).getUTCFullYear() : 0,
    year1 = dated.length ? new Date(x1 * 864e5).getUTCFullYear() : 0;
  fill(
    box,
    el("h2", null, person, el("span", { class: "mute" }, W.career)),
    caption,
    el(
      "div",
      { class: "tracks" },
      tracks.map(([name, list, every]) =>
        el(
          "div",
          { class: "track" },
          el("p", { class: "trackname" }, name, " ", el("span", { class: "mute num" }, every.length)),
          list.length
            ? el(
                "svg",
                { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": name },
                el("line", { x1: L, x2: width - R, y1: 13.5, y2: 13.5, class: "grid" }),
                list.length > 1
                  ? el("line", {
                      x1: x(Math.min(...list.map((e) => day(when(e))))),
                      x2: x(Math.max(...list.map((e) => day(when(e))))),
                      y1: 13.5,
                      y2: 13.5,
                      class: "held",
                    })
                  : null,
                list.map((e) => {
                  const at = x(day(when(e))),
                    ev = e.post.event;
                  return el(
                    "a",
                    {
                      svg: true,
                      href: "#/a/" + enc(articles[e.a].id) + "/" + e.id,
                      class: "point o",
                      "aria-label": [
                        when(e),
                        name,
                        W.event[ev],
                        articles[e.a].title || articles[e.a].head,
                      ]
                        .filter(Boolean)
                        .join(" · "),
                      onmouseenter: () => telling(e, ev),
                      onfocus: () => telling(e, ev),
                    },
                    el("rect", { x: at - 9, y: 4, width: 18, height: 18, class: "touch" }),
                    ev === "appointed"
                      ? el("polygon", { points: `${at - 6},19 ${at + 6},19 ${at},8` })
                      : ev === "removed"
                        ? el("polygon", { points: `${at - 6},8 ${at + 6},8 ${at},19` })
                        : el("circle", { cx: at, cy: 13.5, r: 4.5 }),
                  );
                }),
              )
            : el(
                "p",
                { class: "mute" },
                W.noDated,
                " · ",
                every.map((e, k) => [
                  k ? " · " : "",
                  link(e, clip(articles[e.a].title || articles[e.a].head || articles[e.a].id, 20)),
                ]),
              ),
        ),
      ),
    ),
    dated.length
      ? el(
          "svg",
          { width, height: 20, viewBox: `0 0 ${width} 20`, "aria-hidden": "true" },
          year1 > year0
            ? Array.from({ length: year1 - year0 }, (_, k) => {
                const d = Date.UTC(year0 + k + 1, 0, 1) / 864e5;
                return [
                  el("line", { x1: x(d), x2: x(d), y1: 0, y2: 4, class: "axis" }),
                  el("text", { x: x(d), y: 16, class: "tick mid" }, String(year0 + k + 1)),
                ];
              })
            : el("text", { x: width / 2, y: 16, class: "tick mid" }, when(dated[0])),
        )
      : null,
    el(
      "details",
      null,
      el("summary", null, W.table),
      el(
        "table",
        null,
        el(
          "tbody",
          null,
          entries.slice(0, 300).map((e) =>
            el(
              "tr",
              null,
              el("td", { class: "num" }, when(e) || "–"),
              el(
                "td",
                { class: "name" },
                e.posts.map((p) =>
                  el(
                    "span",
                    { class: "post" },
                    post(p),
                    W.event[p.event] ? el("span", { class: "event" }, W.event[p.event]) : null,
                  ),
                ),
              ),
              el(
                "td",
                { class: "name" },
                link(e, clip(articles[e.a].title || articles[e.a].head || articles[e.a].id, 24)),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
