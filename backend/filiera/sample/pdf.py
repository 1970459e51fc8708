# SPDX-License-Identifier: Apache-2.0
"""Sheets of paper for the sample: certificates, reports, lot sheets and delivery notes.

One A4 layout in Italian and English. Every page says across its whole length and at its
foot that it is a sample. The bytes depend on what is printed and on nothing else.
"""

from __future__ import annotations

from datetime import UTC
from typing import Final

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import FontFace

from filiera.sample.paper import Paper, Table, Words

MARK: Final = "CAMPIONE / SAMPLE"
FOOT: Final = Words(
    "Campione generato da Filiera: non certifica nulla. Ditte, numeri e misure inventati.",
    "Sample made by Filiera: it certifies nothing. Firms, numbers and figures are invented.",
)

_SIGNED: Final = Words(
    "Questo file vale solo con la registrazione firmata che ne riporta l'impronta SHA-256.",
    "This file counts only with the signed record that names its SHA-256 digest.",
)

_FONT: Final = "Helvetica"
_MARGIN: Final = 20.0
_LABEL: Final = 50.0
_INK: Final = (34, 38, 43)
_GREY: Final = (112, 118, 125)
_LINE: Final = (208, 212, 217)
_ACCENT: Final = (24, 84, 72)
_TINT: Final = (233, 241, 238)
_WATERMARK: Final = (238, 238, 238)


def render(paper: Paper) -> bytes:
    """The PDF's bytes."""
    sheet = _Sheet(paper)
    sheet.add_page()
    sheet.heading()
    sheet.details()
    if paper.table is not None:
        sheet.results(paper.table)
    sheet.statement()
    return bytes(sheet.output())


class _Sheet(FPDF):
    """The layout; every method prints one block at the current height."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(format="A4")
        self.paper = paper
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=30)
        self.set_title(f"{paper.title.it} / {paper.title.en} {paper.number}")
        self.set_subject(MARK)
        self.set_author(paper.issuer[0])
        self.set_creator("Filiera")
        self.set_lang("it")
        self.set_creation_date(paper.issued.astimezone(UTC))

    def header(self) -> None:
        """The mark across the page, the frame, and who issues the paper."""
        self._watermark()
        if self.paper.framed:
            self._frame()
        name, address = self.paper.issuer
        self.set_xy(_MARGIN, 18)
        self._type(_ACCENT, 13, "B")
        self._line(6, name)
        self._type(_GREY, 8.5)
        self._line(4.5, address)
        self._rule(_ACCENT, 0.6, gap=2)
        self.ln(8)

    def footer(self) -> None:
        """The two sentences that say what this is not, and the page's number."""
        self.set_y(-27)
        self._rule(_LINE, 0.2, gap=0)
        self.ln(1.5)
        self._type(_GREY, 7.5)
        self._line(3.8, FOOT.it)
        self.cell(140, 3.8, FOOT.en)
        self.cell(0, 3.8, f"{self.paper.number}, {self.page_no()}", align=Align.R)

    def heading(self) -> None:
        """Title in both languages and the paper's number."""
        align = Align.C if self.paper.framed else Align.L
        if self.paper.framed:
            self.ln(10)
        self._type(_INK, 22, "B")
        self._paragraph(9.5, self.paper.title.it, align)
        self._type(_GREY, 13, "I")
        self._paragraph(7, self.paper.title.en, align)
        self.ln(3)
        self._type(_ACCENT, 11, "B")
        self._line(6, f"N. / No.  {self.paper.number}", align)
        self.ln(6)

    def details(self) -> None:
        """One line a field: label in both languages, value."""
        for label, value in self.paper.fields:
            self._field(label, value)
        self._rule(_LINE, 0.2, gap=0)
        self.ln(7)

    def results(self, table: Table) -> None:
        """The table of results."""
        self._section(table.title)
        self._type(_INK, 9)
        self.set_draw_color(*_LINE)
        self.set_line_width(0.2)
        heads = FontFace(emphasis="BOLD", color=_ACCENT, fill_color=_TINT)
        with self.table(
            col_widths=table.widths,
            text_align=_alignment(table),
            borders_layout="HORIZONTAL_LINES",
            headings_style=heads,
            line_height=4.6,
            padding=(1.4, 2),
        ) as grid:
            for line in ([f"{h.it}\n{h.en}" for h in table.heads], *table.rows):
                grid.row(line)
        self.ln(7)

    def statement(self) -> None:
        """What the issuer states, and where its signature is to be looked for."""
        self._type(_INK, 10)
        self._paragraph(5.2, self.paper.statement.it, Align.L)
        self.ln(1)
        self._type(_GREY, 9.5, "I")
        self._paragraph(5, self.paper.statement.en, Align.L)
        self.ln(7)
        day = self.paper.issued.strftime("%d/%m/%Y")
        self._type(_INK, 10)
        self._line(5.5, f"Emesso il / Issued on  {day}")
        self._type(_GREY, 8.5)
        self._paragraph(4.4, f"{_SIGNED.it}\n{_SIGNED.en}", Align.L)

    def _field(self, label: Words, value: str) -> None:
        self._type(_INK, 10.5)
        width = self.epw - _LABEL
        height = max(self._height(width, 5.2, value), 8.2) + 3.2
        if self.will_page_break(height):
            self.add_page()
        self._rule(_LINE, 0.2, gap=0)
        top = self.get_y()
        self.set_xy(self.l_margin + _LABEL, top + 1.8)
        self.multi_cell(width, 5.2, value, align=Align.L)
        self.set_xy(self.l_margin, top + 1.6)
        self._type(_INK, 9, "B")
        self._line(4.2, label.it)
        self._type(_GREY, 8, "I")
        self.cell(_LABEL, 4, label.en)
        self.set_xy(self.l_margin, top + height)

    def _section(self, title: Words) -> None:
        self._type(_INK, 11.5, "B")
        self.cell(self.get_string_width(title.it) + 3, 6, title.it)
        self._type(_GREY, 10, "I")
        self._line(6, title.en)
        self.ln(1.5)

    def _watermark(self) -> None:
        self._type(_WATERMARK, 62, "B")
        middle = (self.w / 2, self.h / 2)
        with self.rotation(52, *middle):
            width = self.get_string_width(MARK)
            self.text(middle[0] - width / 2, middle[1] + 8, MARK)

    def _frame(self) -> None:
        self.set_draw_color(*_ACCENT)
        for inset, width in ((9.0, 0.9), (10.8, 0.25)):
            self.set_line_width(width)
            self.rect(inset, inset, self.w - 2 * inset, self.h - 2 * inset)

    def _height(self, width: float, line: float, text: str) -> float:
        height = self.multi_cell(width, line, text, dry_run=True, output="HEIGHT")
        return height if isinstance(height, float) else line

    def _line(self, height: float, text: str, align: Align = Align.L) -> None:
        self.cell(0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _paragraph(self, height: float, text: str, align: Align = Align.L) -> None:
        self.multi_cell(0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _rule(self, colour: tuple[int, int, int], width: float, *, gap: float) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(width)
        y = self.get_y() + gap
        self.line(self.l_margin, y, self.w - self.r_margin, y)
        self.set_y(y)

    def _type(self, colour: tuple[int, int, int], size: float, style: str = "") -> None:
        self.set_text_color(*colour)
        self.set_font(_FONT, style, size)


def _alignment(table: Table) -> tuple[Align, ...]:
    words = len(table.heads) - table.figures
    return (*[Align.L] * words, *[Align.R] * table.figures)
