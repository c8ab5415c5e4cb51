"""Composes PDF files: pages of text at given places, and of drawn lines, in a font that none embeds."""

from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<<"
    "/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500 814 939 500]"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor"
    "/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
    "/CapHeight 880/StemV 93>>>>]>>"
)


def words(left: float, top: float, text: str, size: float = 11) -> str:
    """A line of text, by the upper left corner of its first character from that of the page."""
    code = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {left} {HEIGHT - top - size} Td <{code}> Tj ET"


def column(left: float, top: float, lines: Sequence[str], size: float = 11) -> list[str]:
    """Lines one below the other."""
    return [words(left, top + 18 * number, line, size) for number, line in enumerate(lines) if line]


def rule(left: float, top: float, right: float, bottom: float) -> str:
    """A drawn line."""
    return f"{left} {HEIGHT - top} m {right} {HEIGHT - bottom} l S"


def pdf(*pages: Sequence[str], turn: int = 0) -> bytes:
    """A file of pages, each of operators in the order in which they are drawn."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        FONT,
    ]
    for number, operators in enumerate(pages):
        content = "\n".join(operators)
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {turn}"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * number} 0 R>>",
            f"<</Length {len(content)}>>stream\n{content}\nendstream",
        ]
    data, places = "%PDF-1.5\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{written}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>startxref\n{len(data)}\n%%EOF"
    return f"{data}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
