# SPDX-License-Identifier: Apache-2.0
"""What a scanner sees: codes read by ZXing, pages drawn by PDFium, neither of our making."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pypdfium2
import zxingcpp
from PIL import Image


def read_png(data: bytes) -> list[Any]:
    """The codes in a PNG."""
    return zxingcpp.read_barcodes(Image.open(BytesIO(data)).convert("L"))


def read_svg(data: bytes) -> list[Any]:
    """The codes in an SVG of a ground and one path of horizontal strokes, drawn 6 to 1."""
    ground, strokes = list(ET.fromstring(data).iter("{http://www.w3.org/2000/svg}path"))
    side = int(re.fullmatch(r"M0 0h(\d+)v\1h-\1z", ground.attrib["d"])[1])  # type: ignore[index]
    picture = Image.new("L", (side, side), 255)
    x = y = 0.0
    for command, given in re.findall(r"([Mmh])([-0-9. ]+)", strokes.attrib["d"]):
        numbers = [float(each) for each in given.split()]
        if command == "h":
            for step in range(int(numbers[0])):
                picture.putpixel((int(x) + step, int(y)), 0)
            x += numbers[0]
        else:
            x, y = numbers if command == "M" else (x + numbers[0], y + numbers[1])
    return zxingcpp.read_barcodes(picture.resize((side * 6, side * 6), Image.Resampling.NEAREST))


def draw(pdf: bytes, dots_per_inch: int = 200) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dots_per_inch / 72).to_pil().convert("L") for page in document]


def read_pdf(pdf: bytes) -> list[list[str]]:
    """The texts of the codes on each page, from left to right and from top to bottom."""
    return [[code.text for code in zxingcpp.read_barcodes(page)] for page in draw(pdf)]


def text_of(pdf: bytes) -> str:
    """The text of all pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
