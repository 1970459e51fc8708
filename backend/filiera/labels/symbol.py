# SPDX-License-Identifier: Apache-2.0
"""QR codes (ISO/IEC 18004) of Digital Links, as GS1 wants them on a label.

GS1 General Specifications, "QR Code with GS1 Digital Link": the uncompressed URI, error
correction M or better, a quiet zone of four modules all around.
"""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Final

import segno

from filiera.errors import InputError

QUIET: Final = 4
"""Modules of the quiet zone."""
ERROR_CORRECTION: Final = "m"
"""The least; more is taken where it costs no larger symbol."""
_LARGEST: Final = 20
"""The largest version: beyond, phones in bad light give up."""
_SCREEN_SCALE: Final = 4
_PRINT_SCALE: Final = 12
_PRINT_DPI: Final = 600


def symbol(url: str) -> segno.QRCode:
    """The QR code of an address; raises InputError (`usage`) when it is too long for a label."""
    try:
        made = segno.make_qr(url, error=ERROR_CORRECTION)
    except segno.DataOverflowError:
        made = None
    if made is None or int(made.version) > _LARGEST:
        raise InputError(
            "usage",
            f"The address has {len(url)} characters: too many for the QR code of a label.",
            hint="Give labels a shorter address of your site (FILIERA_PUBLIC_URL, --base).",
        )
    return made


def svg(url: str) -> bytes:
    """The QR code as SVG, black on white whatever it lies on, its title the address."""
    out = BytesIO()
    symbol(url).save(
        out, kind="svg", scale=_SCREEN_SCALE, border=QUIET, dark="#000", light="#fff", title=url
    )
    return out.getvalue()


def png(url: str) -> bytes:
    """The QR code as PNG, half a millimetre a module at its 600 dots an inch."""
    out = BytesIO()
    symbol(url).save(
        out,
        kind="png",
        scale=_PRINT_SCALE,
        border=QUIET,
        dark="#000",
        light="#fff",
        dpi=_PRINT_DPI,
    )
    return out.getvalue()


def lines(url: str, width: int) -> list[str]:
    """The QR code in half blocks, for light characters on dark.

    Empty where it would be wider than `width`, or the address is too long for a label.
    """
    try:
        made = symbol(url)
    except InputError:
        return []
    out = StringIO()
    made.terminal(out, border=QUIET, compact=True)
    rows = out.getvalue().splitlines()
    return rows if rows and max(map(len, rows)) <= width else []
