"""Who published a page, and who wrote it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extract.pages.lines import GAP, Piece
from extract.pages.seen import Seen
from extract.pages.signs import Of, Signs
from extract.pages.stated import Stated
from extract.pages.title import SEPARATOR, SITES, bare
from extract.pages.zones import Zones
from extract.rules import Rules
from extract.text.layout import FOOT, HEAD, Header, Layout

LONGEST = 30
"""Characters of a name."""
SOURCES = ("contentsource", "source", "article:source", "mediaid", "og:article:source", "dc.source")
WRITERS = ("author.name", "author", "article:author", "og:article:author", "creator.name")
"""What code calls the source and the author."""
PERSON = re.compile(r"[一-鿿·]{2,5}(?:[ \u3000、,，/][一-鿿·]{2,5}){0,5}")
SIGNS = re.compile(r"[：:，。；？！|｜<>{}\[\]@/]|\d{3}|^\W*$")
"""What no name has in it."""
SAID = re.compile(rf"[{GAP}\s]+[^{GAP}\s：:]")
"""What follows a label without a colon."""
ACCOUNT = re.compile(r"[一-鿿][\w一-鿿]{1,14}")
"""The name of an account, which leads to its page."""
LABEL = re.compile(r"^[^\s：:]{0,6}[：:]\s*")


class Names(NamedTuple):
    """The publisher, the author and the editor; ``None`` where nothing names one."""

    publisher: str | None = None
    author: str | None = None
    editor: str | None = None

    def under(self, other: "Names") -> "Names":
        """The other's names, and these where it has none."""
        return Names(*(its or own for own, its in zip(self, other, strict=True)))


class Bylines:
    """Finds names; compiled once."""

    def __init__(self, rules: Rules, signs: Signs) -> None:
        self._signs = signs
        self._layout = rules.shared(Layout)

    def head(self, seen: Seen, around: Zones) -> Names:
        """Whom the lines around the headline name."""
        lines = [*around.above[:2][::-1], *around.below]
        printed = self._header("\n".join(self._labelled(seen, at) for at in lines))
        pieces = [piece for at in lines for piece in seen.lines[at].pieces]
        dated = [at for at in lines if seen.days(at)]
        beside = (part for at in dated for part in self._beside(seen, at))
        accounts = (name for at in dated for name in self._accounts(seen, at))
        next_to = (at for at in lines if any(seen.days(n) for n in (at - 1, at + 1) if n in around.below))
        alone = (name for at in next_to if self._is_media(name := seen.lines[at].text))
        publisher = (printed.publisher, *self._marked("source_mark", pieces), *beside, *accounts, *alone)
        author = (printed.author, *self._marked("author_mark", pieces))
        people = (name for name in author if name and not self._is_media(name))
        found = next((name for name in publisher if name and self._names(name)), None)
        media = (p for p in self._marked("author_mark", pieces) if self._is_media(p))
        foot = self._header("\n".join(self._labelled(seen, at) for at in around.foot))
        return Names(found or next(media, None), next(people, None), printed.editor or foot.editor)

    def labels(self, seen: Seen, at: int) -> bool:
        """Whether a line has the label of a name."""
        return bool(self._layout.label.search(seen.plain(at)))

    def text(self, text: str) -> Names:
        """Whom the two ends of a text name."""
        ends = text if len(text) < HEAD + FOOT else f"{text[:HEAD]}\n{text[-FOOT:]}"
        found = self._header(ends)
        publisher = found.publisher if found.publisher and self._names(found.publisher) else None
        return Names(publisher, found.author, found.editor)

    def stated(self, known: Stated, title: str | None) -> Names:
        """Whom the code of a page names as its source and its author."""
        coded = (p.pattern for p in self._signs.of("coded_source"))
        sources = (*known.values(*SOURCES), *known.assigned(f"(?:{'|'.join(coded)})", title or ""))
        writers = [w for w in known.values(*WRITERS) if w]
        media = (w for w in writers if self._is_media(w))
        publisher = (p for s in (*sources, *media) if (p := _cut(s)) and self._names(p))
        people = (w for w in writers if PERSON.fullmatch(w) and not self._is_media(w))
        return Names(next(publisher, None), next(people, None))

    def site(self, known: Stated, title: str | None) -> str | None:
        """The name of the site: as the code has it, else as it stands in its title."""
        parts = [part for part in SEPARATOR.split(known.title) if part]
        ends = [part for part in (*parts[:0:-1], *parts[:1]) if bare(part) != bare(title or "")]
        for name in (*known.values(*SITES), *(end for end in ends if self._is_media(end))):
            name = re.sub(r"[（(].*", "", name).strip()
            if self._names(name) and not name.isascii() and bare(name) != bare(title or ""):
                return self._whole(name)
        return None

    def _labelled(self, seen: Seen, at: int) -> str:
        """A line in which a colon stands between a label and what it says in the next cell."""
        line = seen.lines[at].parted.replace("\n", " ")
        labels = self._layout.label.finditer(seen.plain(at))
        ends = {m.end() for m in labels if len(m[0]) > 1 and line[m.end() :][:1] == GAP}
        signs = ("：" if i in ends and SAID.match(line, i) else sign for i, sign in enumerate(line))
        return "".join(signs).replace(GAP, " ")

    def _header(self, text: str) -> Header:
        return self._layout.header(self._signs.plain(text), text)

    def _marked(self, of: Of, pieces: Iterable[Piece]) -> Iterator[str]:
        """The names in pieces that the code calls so."""
        for piece in pieces:
            if self._signs.in_mark(of, piece.mark):
                name = LABEL.sub("", re.sub(r"^[\s／/|·]+|[\s／/|·]+$", "", piece.text)).strip()
                if 1 < len(name) <= LONGEST and not SIGNS.search(name) and self._names(name):
                    yield name

    def _beside(self, seen: Seen, at: int) -> Iterator[str]:
        """The names of papers and sites that stand beside a day, without a label."""
        for part in re.split(rf"[{GAP}\s|｜／/·•《》（）()]+", seen.lines[at].parted):
            if self._is_media(part) and not SIGNS.search(part) and self._names(part):
                yield self._whole(part)

    def _accounts(self, seen: Seen, at: int) -> Iterator[str]:
        """The names of accounts that stand beside a day, which lead to their pages."""
        for piece in seen.lines[at].pieces:
            name = piece.text.strip()
            if (
                piece.linked
                and ACCOUNT.fullmatch(name)
                and self._names(name)
                and not self._signs.in_mark("author_mark", piece.mark)
            ):
                yield name

    def _is_media(self, name: str) -> bool:
        return len(name) > 2 and self._signs.fits("site", self._signs.plain(name))

    def _names(self, name: str) -> bool:
        """Whether a name is that of someone, no form (`本站`, `原创`) and no host."""
        plain = self._signs.plain(name)
        return self._signs.names(plain) and not re.fullmatch(r"[\w.-]+\.[a-z]{2,8}", plain)

    def _whole(self, name: str) -> str:
        """A paper's name without what it calls its edition."""
        for pattern in self._signs.of("edition"):
            if match := pattern.search(self._signs.plain(name)):
                name = name[: match.start()] + name[match.end() :]
        return name


def _cut(value: str) -> str:
    """A name that the code states, without its label and what follows."""
    name = LABEL.sub("", value.strip()).strip("《》“”\"' ")
    return name.split()[0] if name and not name.isascii() else name
