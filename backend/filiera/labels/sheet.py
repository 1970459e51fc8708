# SPDX-License-Identifier: Apache-2.0
"""Sheets of labels to print and cut: A4, crop marks, the human-readable line under each code.

The codes are drawn, not pictured, so that they are sharp at any printer's resolution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from fpdf import FPDF
from fpdf.enums import Align

from filiera.errors import InputError
from filiera.labels.symbol import QUIET, symbol
from filiera.model.addresses import page_url
from filiera.model.gs1 import ProductId

COLUMNS: Final = 4
ROWS: Final = 5
PER_PAGE: Final = COLUMNS * ROWS
WIDTH: Final = 45.0
"""Millimetres of a label, like all lengths here."""
HEIGHT: Final = 50.0
LEAST_MODULE: Final = 0.396
"""The smallest module of a QR code that a shop's scanner has to read (GS1, X-dimension)."""

_PAGE: Final = (210.0, 297.0)
_LEFT: Final = (_PAGE[0] - COLUMNS * WIDTH) / 2
_TOP: Final = (_PAGE[1] - ROWS * HEIGHT) / 2
_CODE: Final = 35.0
_PADDING: Final = 2.0
_MARK: Final = 5.0
_GAP: Final = 1.5
_FONT: Final = "Helvetica"
_SIZES: Final = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)
_POINT: Final = 0.3528
_LEADING: Final = 1.2


def sheet(products: Sequence[ProductId], base: str) -> bytes:
    """The PDF with one label a product, for the site at `base`.

    Raises InputError (`usage`) when an address or a number is too long for a label.
    """
    paper = _Paper()
    for start in range(0, len(products), PER_PAGE):
        paper.add_page()
        paper.crop_marks()
        for place, product in enumerate(products[start : start + PER_PAGE]):
            row, column = divmod(place, COLUMNS)
            x, y = _LEFT + column * WIDTH, _TOP + row * HEIGHT
            paper.label(x, y, page_url(base, product), elements_of(product))
    return bytes(paper.output())


def elements_of(product: ProductId) -> list[str]:
    """The human-readable line in the pieces at which it may be broken: `(01)…`, `(10)…`."""
    if product.link is None:
        return [product.uri]
    pairs = ((product.link.key, product.link.value), *product.link.qualifiers)
    return [f"({ai}){value}" for ai, value in pairs]


class _Paper(FPDF):
    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(auto=False)
        self.set_margin(0)
        self.c_margin = 0
        self.set_title("Filiera")
        self.set_creator("Filiera")
        self.set_line_width(0.15)

    def crop_marks(self) -> None:
        """A short line at either end of every cut, outside the labels."""
        right, bottom = _LEFT + COLUMNS * WIDTH, _TOP + ROWS * HEIGHT
        for column in range(COLUMNS + 1):
            x = _LEFT + column * WIDTH
            self.line(x, _TOP - _GAP - _MARK, x, _TOP - _GAP)
            self.line(x, bottom + _GAP, x, bottom + _GAP + _MARK)
        for row in range(ROWS + 1):
            y = _TOP + row * HEIGHT
            self.line(_LEFT - _GAP - _MARK, y, _LEFT - _GAP, y)
            self.line(right + _GAP, y, right + _GAP + _MARK, y)

    def label(self, x: float, y: float, url: str, elements: Sequence[str]) -> None:
        """One label with its upper left corner there."""
        self._code(x + (WIDTH - _CODE) / 2, y + _PADDING, url)
        top = y + _PADDING + _CODE
        size, rows = self._fitted(elements, HEIGHT - _CODE - 2 * _PADDING)
        height = size * _POINT * _LEADING
        for row in rows:
            self.set_xy(x + _PADDING, top)
            self.cell(WIDTH - 2 * _PADDING, height, row, align=Align.C)
            top += height

    def _code(self, x: float, y: float, url: str) -> None:
        made = symbol(url)
        side = made.symbol_size(border=QUIET)[0]
        module = _CODE / side
        if module < LEAST_MODULE:
            raise InputError(
                "usage",
                f"The QR code of an address of {len(url)} characters is too fine for a label.",
                hint="Give labels a shorter address of your site (FILIERA_PUBLIC_URL, --base).",
            )
        for row, modules in enumerate(made.matrix):
            for start, length in _runs(modules):
                # A trace higher than its row, or a screen shows a hairline between two.
                self.rect(
                    x + (QUIET + start) * module,
                    y + (QUIET + row) * module,
                    length * module,
                    module * 1.02,
                    style="F",
                )

    def _fitted(self, elements: Sequence[str], room: float) -> tuple[float, list[str]]:
        """The largest size at which all of it fits, and its rows; nothing is ever left out."""
        for size in _SIZES:
            self.set_font(_FONT, size=size)
            rows = list(self._rows(elements))
            if len(rows) * size * _POINT * _LEADING <= room:
                return size, rows
        raise InputError("usage", "The product's identifier is too long for a label.")

    def _rows(self, elements: Iterable[str]) -> Iterator[str]:
        """Whole elements on a row as long as they fit; one that never does is broken."""
        row = ""
        for element in elements:
            if row and self._wide(row + element):
                yield row
                row = ""
            row += element
            while self._wide(row):
                cut = next(n for n in range(len(row), 0, -1) if not self._wide(row[:n]))
                yield row[:cut]
                row = row[cut:]
        if row:
            yield row

    def _wide(self, text: str) -> bool:
        return bool(self.get_string_width(text) > WIDTH - 2 * _PADDING)


def _runs(modules: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(start, length) of every run of dark modules."""
    start = None
    for place, dark in enumerate((*modules, 0)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None
