"""When a page was published: the day under its headline, else the one that its code states."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extract.pages.day import Day, What, stated
from extract.pages.seen import Seen
from extract.pages.signs import Signs
from extract.pages.stated import Stated
from extract.pages.zones import Zones
from extract.text.published import APART, Published, disagreement

LINKED = ("datepublished", "pubdate", "uploaddate", "datecreated")
"""What JSON-LD calls the moment of publication."""
URL_DAY = re.compile(r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])?(?!\d)")


class When(NamedTuple):
    """The date, the sign it was read from, and what to warn of."""

    date: date | None
    sign: str | None
    warning: str | None


class Printed(NamedTuple):
    """A date as the page shows it."""

    date: date
    labelled: bool


class Dates:
    """Finds the date of a page; compiled once."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs

    def find(self, seen: Seen, around: Zones, known: Stated, title: str | None) -> When:
        """When the page was published. What is printed without a label yields where what the code states and
        the address agree on another day."""
        told = list(self._stated(known, title))
        printed = list(self._printed(seen, around, known, told))
        address = _of_url(known.url)
        if printed and told and address and not printed[0].labelled:
            agree = abs((told[0] - address).days) <= APART < abs((printed[0].date - address).days)
            printed = [] if agree else printed
        signs = [Published(p.date, "timestamp") for p in printed[:1]]
        signs += [Published(day, "metadata") for day in told[:1]]
        signs = signs or [Published(day, "metadata") for day in self._changed(seen, around, known)]
        if not signs:
            return When(None, None, None)
        return When(signs[0].date, signs[0].sign, disagreement(signs[:2]))

    def _printed(self, seen: Seen, around: Zones, known: Stated, told: Sequence[date]) -> Iterator[Printed]:
        """The days that a reader takes for that of publication, the surest first."""
        for day in _heads(seen, around):
            year = day.year or self._year(day, known, told)
            if year and (dated := day.dated(year)):
                yield Printed(dated, day.what == "published")

    def _stated(self, known: Stated, title: str | None) -> Iterator[date]:
        """The days that the code states to be that of publication."""
        forms = self._signs.of("day")
        named = (s.value for s in known.meta if self._signs.fits("name_of_date", s.name))
        for value in (*known.values(*LINKED), *named):
            if day := stated(value, forms):
                yield day
        names = "|".join(pattern.pattern for pattern in self._signs.of("coded_date"))
        coded = {
            day for value in known.assigned(f"(?:{names})", title or "") if (day := stated(value, forms))
        }
        if coded and (max(coded) - min(coded)).days <= APART:
            yield min(coded)

    def _changed(self, seen: Seen, around: Zones, known: Stated) -> Iterator[date]:
        """Days of a change or of the document, which count where no other stands."""
        kinds: tuple[What, ...] = ("updated", "other")
        for what in kinds:
            yield from (d for day in _near(seen, around.below) if day.what == what and (d := day.dated()))
        named = (s.value for s in (*known.linked, *known.meta) if self._signs.fits("name_of_update", s.name))
        yield from (day for value in named if (day := stated(value, self._signs.of("day"))))

    def _year(self, day: Day, known: Stated, told: Sequence[date]) -> int | None:
        """The year of a day without one: that of the address or of what the code states."""
        if told:
            near = (day.dated(told[0].year + off) for off in (0, -1, 1))
            return min((d for d in near if d), key=lambda d: abs((d - told[0]).days)).year
        match = URL_DAY.search(known.url or "")
        return int(match[1]) if match and int(match[2]) == day.month else None


def _heads(seen: Seen, around: Zones) -> Iterator[Day]:
    """The days of the head by their trust: labelled and bare below the headline, those above it, those among
    the first paragraphs, those at the foot."""
    below = list(_near(seen, around.below))
    yield from (day for day in below if day.what == "published")
    leading = [at for at in around.below if seen.days(at) and seen.leads(at)]
    own = [at for at in around.below if at not in leading]
    last = leading if len(leading) == 1 else []  # more of them are a list of other news
    bare = [day for day in _near(seen, own + last) if day.what == "bare"]
    yield from (day for day in bare if day.year)
    above = list(_near(seen, around.above, alone=True))
    for what in ("published", "bare"):
        yield from (day for day in above if day.what == what and day.year)
    yield from bare
    yield from (day for day in _near(seen, around.inside) if day.what == "published")
    foot = list(_near(seen, around.foot, alone=True))
    yield from (day for day in foot if day.what == "published" and day.year)
    yield from (
        day for at in around.foot for day in seen.days(at) if day.what == "bare" and seen.lone(at, day)
    )


def _near(seen: Seen, lines: Iterable[int], *, alone: bool = False) -> Iterator[Day]:
    """The days of some lines; ``alone`` where a line may not hold other news."""
    for at in lines:
        if days := seen.days(at):
            yield from days if seen.apart(at) or not alone else ()


def _of_url(url: str | None) -> date | None:
    match = URL_DAY.search(url or "")
    if not match or not match[3]:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
