# SPDX-License-Identifier: Apache-2.0
"""What a scanner sees: codes read by ZXing, pages drawn by PDFium, neither of our making."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image


def read_png(data: bytes) -> list[Any]:
    """The codes in a PNG."""
    return zxingcpp.read_barcodes(Image.open(BytesIO(data)).convert("L"))


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
