"use strict";
/* What the page is at, and what the browser keeps for it. */
let W = WORDS.zh,
  index,
  articles = [],
  rules = [],
  ruleOf = new Map();
const state = {
  article: -1,
  doc: null,
  record: null,
  tab: "metrics",
  order: [],
  hits: new Map(),
  query: "",
  hidden: new Set(["x"]),
  leastFirst: false,
  editing: null,
  filters: {},
  sort: "given",
  metric: null,
  person: null,
  series: null,
  held: null,
};

const memory = new Map();
const keep = {
  works: true,
  keys(prefix) {
    try {
      const kept = Array.from({ length: localStorage.length }, (_, n) => localStorage.key(n));
      return kept.filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
  size(prefix) {
    return this.keys(prefix).reduce((n, key) => n + this.get(key).length, 0);
  },
  get(key) {
    try {
      return localStorage.getItem(key) ?? memory.get(key) ?? null;
    } catch {
      return memory.get(key) ?? null;
    }
  },
  set(key, value) {
    memory.set(key, value);
    try {
      localStorage.setItem(key, value);
    } catch {
      this.works = false;
    }
  },
};
