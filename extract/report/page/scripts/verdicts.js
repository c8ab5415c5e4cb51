"use strict";
/* Verdicts are kept in the browser, a record of storage for each text. They are found again by the digest of the
   text, the type and the place, so that those of one run hold for the next, whatever its ids. */
const KEPT = "zhextract/v/";
const VERDICTS = new Set(["right", "wrong", "edit", "missing", "complete"]);
const DIGEST = 16;
const FULL = 4_500_000;
const digestOf = (sha256) => String(sha256).slice(0, DIGEST);
/** What a verdict is of: type and place, or the name of a person. */
function placeOfEntry(entry) {
  const span = entry.span || entry.record?.span;
  const place = entry.type === "officials" && entry.verdict !== "missing" ? entry.record?.name : null;
  return [entry.type, entry.verdict === "missing" ? "+" : "", place ?? `${span?.start}-${span?.end}`].join(
    " ",
  );
}
function placeOfItem(item) {
  if (item.entry) return placeOfEntry(item.entry);
  const { group, record } = item;
  return [group, "", group === "officials" ? record.name : (record.span || []).join("-")].join(" ");
}
const verdicts = {
  texts: new Map(),
  complete: new Map(),
  perArticle: new Map(),
  past: [],
  size: 0,
  read() {
    for (const key of keep.keys(KEPT)) {
      try {
        const kept = JSON.parse(keep.get(key));
        this.texts.set(key.slice(KEPT.length), new Map(kept.verdicts));
        if (kept.complete) this.complete.set(key.slice(KEPT.length), kept.complete);
      } catch {
        /* what cannot be read is no verdict */
      }
    }
    for (const digest of this.texts.keys()) this.recount(digest);
  },
  /** Those of this page: what is kept of other texts stays, and is not counted. */
  here() {
    return articles.filter((a) => this.texts.has(a.digest)).map((a) => [a, this.texts.get(a.digest)]);
  },
  total() {
    return this.here().reduce((n, [a, all]) => n + all.size + (this.complete.has(a.digest) ? 1 : 0), 0);
  },
  write(digest) {
    const kept = { verdicts: [...this.texts.get(digest)], complete: this.complete.get(digest) };
    keep.set(KEPT + digest, JSON.stringify(kept));
    this.recount(digest);
    counted();
    if (!keep.works) toast(W.memory);
    else if (keep.size(KEPT) > FULL) toast(W.full);
  },
  recount(digest) {
    this.perArticle.set(digest, this.texts.get(digest).size);
  },
  of(id) {
    const item = state.doc?.byId.get(id);
    return item && this.texts.get(digestOf(state.doc.sha256))?.get(placeOfItem(item));
  },
  missing(doc) {
    const all = this.texts.get(digestOf(doc.sha256));
    return all ? [...all.values()].filter((entry) => entry.verdict === "missing") : [];
  },
  /** Gives, or with null takes back, the verdict on a record of the open article. */
  give(id, entry) {
    const { sha256, id: article } = state.doc;
    const whole = entry && { article, sha256, id, ...entry, at: new Date().toISOString() };
    const place = whole ? placeOfEntry(whole) : placeOfItem(state.doc.byId.get(id));
    this.past.push([digestOf(sha256), place, this.put(digestOf(sha256), place, whole), state.article, id]);
  },
  put(digest, place, entry) {
    if (!this.texts.has(digest)) this.texts.set(digest, new Map());
    const all = this.texts.get(digest);
    const before = all.get(place);
    if (entry) all.set(place, entry);
    else all.delete(place);
    this.write(digest);
    return before;
  },
  undo() {
    const last = this.past.pop();
    if (!last) return toast(W.nothingToUndo);
    const [digest, place, before, article, id] = last;
    this.put(digest, place, before);
    toast(W.undone);
    if (article !== state.article) return go(articles[article].id, id);
    gather(state.doc);
    write();
    tables();
    select(state.doc.byId.has(id) ? id : null);
  },
  finish() {
    const digest = digestOf(state.doc.sha256);
    if (!this.texts.has(digest)) this.texts.set(digest, new Map());
    if (this.complete.has(digest)) this.complete.delete(digest);
    else
      this.complete.set(digest, {
        article: state.doc.id,
        sha256: state.doc.sha256,
        at: new Date().toISOString(),
      });
    this.write(digest);
  },
  lines() {
    const lines = this.here().flatMap(([a, all]) => {
      const done = this.complete.get(a.digest);
      const entries = [...all.values()].map((entry) => ({ ...entry, article: a.id }));
      return done
        ? [...entries, { article: a.id, sha256: done.sha256, verdict: "complete", at: done.at }]
        : entries;
    });
    return lines.map((line) => JSON.stringify({ schema_version: "1", ...line }) + "\n").join("");
  },
  /** Takes in a downloaded file: of two verdicts on one place the later one holds. How many came in. */
  merge(text) {
    const known = new Set(articles.map((a) => a.digest));
    let taken = 0;
    for (const line of text.split("\n").filter((l) => l.trim())) {
      let entry;
      try {
        entry = JSON.parse(line);
      } catch {
        continue;
      }
      const digest = digestOf(entry?.sha256);
      if (!known.has(digest) || !VERDICTS.has(entry.verdict)) continue;
      delete entry.schema_version;
      taken += this.take(digest, entry);
    }
    return taken;
  },
  take(digest, entry) {
    if (!this.texts.has(digest)) this.texts.set(digest, new Map());
    if (entry.verdict === "complete") {
      this.complete.set(digest, { article: entry.article, sha256: entry.sha256, at: entry.at });
      this.write(digest);
      return 1;
    }
    const span = entry.span || entry.record?.span || entry.record?.mentions?.[0];
    if (!GROUPS.concat("dropped").includes(entry.type) || !span) return 0;
    const before = this.texts.get(digest).get(placeOfEntry(entry));
    if (before && before.at >= entry.at) return 0;
    this.put(digest, placeOfEntry(entry), entry);
    return 1;
  },
};
function counted() {
  const n = verdicts.total();
  fill($("download"), W.download(n));
  $("download").title = W.downloadHint;
  $("download").disabled = !n;
  drawRows();
  if (state.doc) facts();
}
function download() {
  if (!verdicts.total()) return toast(W.nothingYet);
  const url = URL.createObjectURL(new Blob([verdicts.lines()], { type: "application/x-ndjson" }));
  const link = el("a", { href: url, download: "reviews.jsonl" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
/** A record in the shape of the documents: spans with their texts. */
function whole(record) {
  const span = ([start, end]) => ({ start, end, text: state.doc.slice(start, end) });
  const out = {};
  for (const [key, value] of Object.entries(record)) {
    if (key === "confidence") continue;
    if (key === "span" || key.endsWith("_span")) out[key] = span(value);
    else if (key === "mentions" || key === "references") out[key] = value.map(span);
    else if (key === "posts") out[key] = value.map((p) => ({ ...p, span: span(p.span) }));
    else out[key] = key === "change" ? whole(value) : value;
  }
  return out;
}
const plain = (record) => JSON.stringify(record);

async function merge(file) {
  const taken = verdicts.merge(await file.text());
  toast(W.merged(taken));
  if (!state.doc || !taken) return;
  gather(state.doc);
  write();
  tables();
  card();
}
