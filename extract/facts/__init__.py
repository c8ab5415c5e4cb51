"""Facts across articles: what many articles state, brought to one form and set side by side.

One article's records become rows: `statements` (a metric with its value in the unit of its indicator, the
interval of its period, the place of its scope; `measures` and `places` bring them there) and `appearances`
(a person with one post). `store` keeps both in a DuckDB file, an article at a time, and takes over what it
has. All that follows from them is SQL over the rows (`views.sql`): series, contradictions, witnesses,
careers, changes of hands. Only who is one person is decided in Python (`persons`).
"""
