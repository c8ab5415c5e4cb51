"""From bytes to text: UTF-8, UTF-16, GB18030 (GBK, GB 2312) and Big5 (HKSCS), by what the bytes are.

What a page declares of its charset is often wrong, so it only decides between readings that are as good.
"""

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extract.records import Notice, Span
from extract.unusable import Unusable

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
CODECS = {"utf-8": "utf-8", "gb18030": "gb18030", "big5": "big5hkscs"}
WIDE = {"utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}
DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
HEAD = 2048
"""Bytes in which a page declares its charset."""

SAMPLE = 20_000
"""Characters that are looked at to judge whether a decoding reads like Chinese."""
PLAUSIBLE = 0.7
"""Least share of common characters. Right decodings have 0.99, wrong ones half of it."""
DECLARATION = 0.05
"""What a declared charset adds to the share: enough to part two readings of a short page."""
SOUND = 0.95
"""Least share of bytes that must be in order, in a text that is kept though some are not."""
PLACES = 5
"""Broken places that a warning lists."""

BROKEN = re.compile("[\0\ud800-\udfff]+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
TRAILS = range(0x40, 0xFF)


class ReadError(Unusable):
    """Bytes that are no article; the message names file (where there is one), place and reason.

    ``place`` is the row of a file of many articles that it is about, where it is not the file itself.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.place = place


class Text(NamedTuple):
    """Decoded bytes: the text, the encoding that it was in, and what was lost on the way."""

    text: str
    encoding: str
    warnings: tuple[Notice, ...] = ()


class Decoding(NamedTuple):
    """One way to read bytes. Broken ones are lone surrogates in ``text``, or zero characters."""

    text: str
    encoding: str
    score: float


def decode(data: bytes) -> Text:
    """Text and encoding: by byte order mark, else UTF-8, else as it reads like Chinese.

    A few broken bytes become U+FFFD, with a warning that tells where. Raises `ReadError` for what is no text.
    """
    mark, marked = next((bom for bom in BOMS if data.startswith(bom[0])), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text, at = body.decode(marked), -1
    except UnicodeDecodeError as error:
        text, at = "", error.start
    if at < 0 and "\0" not in text:
        return Text(_readable(text, body, marked, len(mark)), marked)
    reading = _best(body, marked if mark else _declared(body))
    if reading is None:
        raise ReadError(_refusal(data, at + len(mark) if at >= 0 else -1))
    if not BROKEN.search(reading.text):
        return Text(_readable(reading.text, body, reading.encoding, len(mark)), reading.encoding)
    return _mended(reading, len(mark))


def plausibility(text: str) -> float:
    """Share of a text's non-ASCII characters that are common ones or punctuation."""
    judged = [c for c in text[:SAMPLE] if c > "\x7f"]
    common = _common()
    return sum(c in common for c in judged) / len(judged) if judged else 0.0


def lenient(data: bytes, codec: str) -> str | None:
    """The text, its broken bytes as lone surrogates and zeros; ``None`` where these are more than a few."""
    if codec in CODECS.values() and data.decode(codec, "replace").count("\ufffd") > (1 - SOUND) * len(data):
        return None  # cheap to find out: the handler below is slow where everything is broken
    handler = _handler(codec)
    try:
        text = data[: len(data) // 2 * 2 if codec in WIDE else None].decode(codec, handler)
    except UnicodeDecodeError:
        return None
    broken = sum(map(len, BROKEN.findall(text))) * (2 if codec in WIDE else 1)
    return text if broken <= (1 - SOUND) * len(data) else None


def mend(text: str) -> tuple[str, list[int]]:
    """The text with each run of broken characters as one U+FFFD, and where the runs began."""
    return BROKEN.sub("\ufffd", text), [m.start() for m in BROKEN.finditer(text)]


def _best(body: bytes, declared: str) -> Decoding | None:
    """The reading that is most like Chinese; on a tie the declared one, else the first."""
    readings = list(_readings(body, declared))
    best = max(readings, key=lambda reading: reading.score, default=None)
    return best if best and best.score >= PLAUSIBLE else None


def _readings(body: bytes, declared: str) -> Iterator[Decoding]:
    for encoding, codec in (CODECS | WIDE if 0 in body else CODECS).items():
        text = lenient(body, codec)
        if text is not None:
            sound = BROKEN.sub("", text[: 2 * SAMPLE])
            yield Decoding(text, encoding, plausibility(sound) + DECLARATION * (encoding == declared))


def _declared(body: bytes) -> str:
    """The encoding that a page names, as one of ours."""
    match = DECLARED.search(body, 0, HEAD)
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5hkscs": "big5", "cp950": "big5"}.get(name, name)


def _mended(reading: Decoding, skip: int) -> Text:
    """The reading with U+FFFD for what is broken, and a warning with the first places."""
    codec = (CODECS | WIDE)[reading.encoding]
    text, places = mend(reading.text)
    lengths = [m.start() for _, m in zip(range(PLACES), BROKEN.finditer(reading.text), strict=False)]
    handler = _handler(codec)
    offsets = [skip + len(reading.text[:at].encode(codec, handler)) for at in lengths]
    listed = ", ".join(map(str, offsets)) + (", …" if len(places) > PLACES else "")
    message = f"{len(places)} broken in {reading.encoding}, read as U+FFFD: byte {listed}"
    warning = Notice(code="broken-bytes", message=message, span=Span(places[0], places[0] + 1, "\ufffd"))
    return Text(text, reading.encoding, (warning,))


def _handler(codec: str) -> str:
    return "surrogatepass" if codec in WIDE else "surrogateescape"


def _refusal(data: bytes, at: int) -> str:
    if (null := data.find(0)) >= 0:
        return f"byte {null}: a zero byte, so this is a binary file, no text"
    return f"byte {at} (0x{data[at]:02x}): not text in UTF-8, UTF-16, GB18030 or Big5"


def _readable(text: str, body: bytes, encoding: str, skip: int) -> str:
    """The text, unless it is full of control characters: then the bytes only happen to decode."""
    controls = CONTROL.findall(text, 0, SAMPLE)
    if len(controls) * 20 > min(len(text), SAMPLE):
        first = len(text[: text.find(controls[0])].encode((CODECS | WIDE)[encoding], "replace"))
        raise ReadError(f"byte {first + skip}: control characters, so this is a binary file, no text")
    return text


@cache
def _common() -> frozenset[str]:
    """First-level characters of GB 2312 (3,755) and Big5 (5,401), and the signs of both."""
    rows = [("gb2312", range(0xA1, 0xA4)), ("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA1, 0xA4))]
    rows.append(("big5", range(0xA4, 0xC7)))
    cells = ((codec, bytes((lead, trail))) for codec, leads in rows for lead in leads for trail in TRAILS)
    return frozenset(cell.decode(codec, "ignore") for codec, cell in cells) - {""}
