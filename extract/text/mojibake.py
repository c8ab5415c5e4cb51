"""Text that was decoded wrongly before it was saved: UTF-8 taken for Latin-1 or for GBK.

Repaired only where it is certain: the text as it stands is no Chinese, and its bytes, put back, are UTF-8
that reads like Chinese. Anything else stays as it is.
"""

import re

from extract.text.decode import PLAUSIBLE, lenient, mend, plausibility

PROBE = 2_000
"""Characters that decide; ten of them must be outside ASCII, since fewer prove nothing."""
LATIN = re.compile("[\x80-ÿŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
"""What the bytes of UTF-8 look like in Latin-1 and Windows-1252."""
FOREIGN = re.compile("[^\x00-\x7f]")


def repaired(text: str) -> tuple[str, str] | None:
    """The text as it was meant and what it had been taken for; ``None`` where it is no mojibake."""
    outside = FOREIGN.findall(text[:PROBE])
    if len(outside) < 10:
        return None
    if len(LATIN.findall(text[:PROBE])) > 0.9 * len(outside):
        return _checked(_from_latin(text), "Latin-1")
    if _from_gbk(text[:PROBE]) is None:
        return None
    return _checked(_from_gbk(text), "GBK")


def _from_latin(text: str) -> str:
    from ftfy import fix_encoding  # slow to import, and few texts need it

    return fix_encoding(text)


def _from_gbk(text: str) -> str | None:
    """The bytes that GBK made the text of, as UTF-8; a character that was lost then is one broken byte."""
    data = text.replace("\ufffd", "\udcff").encode("gb18030", "surrogateescape")
    meant = lenient(data[: len(data) - _cut(data)], "utf-8")
    return None if meant is None else mend(meant)[0]


def _cut(data: bytes) -> int:
    """How many bytes at the end belong to a character that the end cuts."""
    for size in (1, 2, 3):
        lead = data[-size:][0] if len(data) >= size else 0
        if lead >= 0xC0:
            return size if size < 2 + (lead >= 0xE0) + (lead >= 0xF0) else 0
    return 0


def _checked(meant: str | None, taken: str) -> tuple[str, str] | None:
    return (meant, taken) if meant is not None and plausibility(meant) >= PLAUSIBLE else None
