"""Why a file is refused that is of no kind that is read, and the way out."""

from extract.text.decode import ReadError

WORD = "Word 97-2003: save it as .docx, as Word, WPS and `soffice --convert-to docx FILE` do"
SHEET = "a spreadsheet: save the sheet as a page (.html), or as text parted by tabs"
SLIDES = "slides: save their outline as .docx or .txt"
ARCHIVE = "an archive: unpack it, and name the folder"
PICTURE = "a picture: recognise its text first (tesseract FILE TEXT -l chi_sim)"
OFFICE = "an Office file of before 2007, or one locked by a password: save it as .docx without a password"
WAYS = {
    ".doc .wps .dot": WORD,
    ".rtf": "rich text: save it as .docx, as Word, WPS and `soffice --convert-to docx FILE` do",
    ".odt .pages": "a document of another kind: save it as .docx",
    ".xls .xlsx .et .ods .csv .tsv": SHEET,
    ".ppt .pptx .dps .odp": SLIDES,
    ".zip .rar .7z .tar .tgz .bz2 .xz": ARCHIVE,
    ".jpg .jpeg .png .gif .bmp .tif .tiff .webp": PICTURE,
    ".epub .mobi .caj .ofd": "a book or a form of its own: save it as .docx or .pdf",
}
"""By suffix, how a file of a kind that is not read becomes one that is."""
BYTES = (
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (0, b"{\\rtf", "rich text: save it as .docx"),
    (0, b"Rar!", ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (0, b"\xfd7zXZ\0", ARCHIVE),
    (4, b"1AY&SY", ARCHIVE),
    (257, b"ustar", ARCHIVE),
    (0, b"\x1f\x8b", "packed twice: unpack it once"),
    (0, b"\x28\xb5\x2f\xfd", "packed twice: unpack it once"),
)
"""Place, bytes and reason: what begins so is no text, whatever its name says."""
HEAD = 512
"""First bytes that tell a kind."""


def way(suffix: str) -> str:
    """What to say of a file that is left out for its suffix."""
    return next(
        (way for suffixes, way in WAYS.items() if suffix.lower() in suffixes.split()), "of no known kind"
    )


def refuse(head: bytes) -> None:
    """Raise `ReadError` where the first bytes of a file are those of no text."""
    for place, magic, reason in BYTES:
        if head.startswith(magic, place):
            raise ReadError(reason)
