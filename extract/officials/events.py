"""What the text says that a holder of a post does or undergoes, and when."""

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from extract.mentions import DateMention, PostMention
from extract.officials.lexicon import Form, Lexicon
from extract.records import Event, Status
from extract.text.document import Document

CLAUSE = re.compile(r"[，。；！？\n]|$")
BETWEEN = re.compile(r"[，、和及与 ]*")
REACH = 60
"""How far behind a person the verb may stand that says what the person does, in characters."""


class Stand(msgspec.Struct, frozen=True, gc=False):
    """Posts and names side by side: from where to where, and the sentence's verb stands behind."""

    start: int
    end: int


class Events:
    """Reads events and their dates in one document."""

    def __init__(self, lexicon: Lexicon, document: Document, dates: Sequence[DateMention]) -> None:
        self._lexicon = lexicon
        self._document = document
        self._dates = [d for d in dates if d.kind in ("date", "period") and not d.vague]
        self._ends = [d.end for d in self._dates]

    def linked(self, posts: Sequence[PostMention], form: Form, link: str, at: int) -> list[PostMention]:
        """Posts that a verb of holding, appointing or removing links to the name; ``at``: before the verb."""
        event = form.rule.event or self._event(link)
        status: Status | None = None
        if event == "removed" or self._lexicon.held_before.search(link):
            status = "former"
        if event is None and status is None:
            return list(posts)
        date = self._before(at) if event and not link.startswith("后") else None
        if date and self._lexicon.until.search(date):
            status = "former"
        return [p._replace(event=event, date=date, status=status or p.status) for p in posts]

    def _event(self, link: str) -> Event | None:
        return next((e for e, words in self._lexicon.event_words.items() if words.search(link)), None)

    def acts(self, stands: Sequence[Stand]) -> list[tuple[Event, str | None] | None]:
        """What the holders of each of the stands do: the verb after the name, or after the last of a list."""
        text, found = self._document.text, list[tuple[Event, str | None] | None]()
        following: Stand | None = None
        for stand in reversed(stands):
            if following and BETWEEN.fullmatch(text, stand.end, following.start):
                found.append(found[-1])
            else:
                found.append(self._act(stand))
            following = stand
        return found[::-1]

    def _act(self, stand: Stand) -> tuple[Event, str | None] | None:
        end = stand.end + REACH
        stop = CLAUSE.search(self._document.text, stand.end, end)
        verb = self._lexicon.acts.search(self._document.text, stand.end, stop.start() if stop else end)
        if verb is None:
            return None
        event: Event = "attending" if verb["attending"] else "speaking"
        return event, self._before(verb.start())

    def _before(self, position: int) -> str | None:
        """The last date of the sentence before the place."""
        i = bisect_right(self._ends, position) - 1
        if i < 0 or self._dates[i].start < self._document.sentence_at(position)[0]:
            return None
        return self._document.text[self._dates[i].start : self._dates[i].end].removesuffix("起")
