"""What a terminal is shown of texts and file names: nothing that it would obey."""

import io
import re
import sys

LINE_END = re.compile("\r(?=\n)")
PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: "\u2421"}
"""C0 as Unicode draws it (an escape is `␛`), but for tab and line feed."""
HIDDEN = (range(0x80, 0xA0), (0x61C, 0x200E, 0x200F), range(0x202A, 0x202F), range(0x2066, 0x206A))
"""C1, and the marks that turn the direction of what follows: characters without a picture."""
SURROGATES = range(0xD800, 0xE000)
"""Bytes of a file name that are no text."""
SEEN = PICTURES | {code: "\ufffd" for codes in (*HIDDEN, SURROGATES) for code in codes}
ONE_LINE = SEEN | {0x09: "\u2409", 0x0A: "\u240a"}


def visible(text: str) -> str:
    """The text with each control character as one that is seen; every offset stays what it was."""
    return LINE_END.sub(" ", text).translate(SEEN)


def line(text: str) -> str:
    """Likewise, on one line: a file name cannot write a message of its own."""
    return text.translate(ONE_LINE)


def take_every_character() -> None:
    """Lets both outputs take any text, though files and pipes on Windows have the machine's old encoding.
    Where that has no Chinese it becomes UTF-8; elsewhere it stays, and an escape stands for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            chinese = "中".encode(stream.encoding, "ignore")
            stream.reconfigure(encoding=None if chinese else "utf-8", errors="backslashreplace")
