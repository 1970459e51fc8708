# SPDX-License-Identifier: Apache-2.0
"""A bundle's file may be compressed: gzip (RFC 1952) around the same JSON.

The bundle is what is inside: compression proves nothing, and no check looks at it. One bundle
has many compressed files, and only one text.
"""

from __future__ import annotations

import zlib
from typing import Final

from filiera.errors import InputError
from filiera.proof.bundle import MAX_BYTES

MAGIC: Final = b"\x1f\x8b"
"""ID1 and ID2 (section 2.3.1), with which no JSON begins."""
_GZIP: Final = 31
"""zlib's window of 32 KiB, and gzip's header and trailer around it."""


def packed(data: bytes) -> bytes:
    """A compressed file of a bundle: no name, no time, the highest level."""
    press = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return press.compress(data) + press.flush()


def unpacked(file: bytes) -> bytes:
    """The text in a bundle's file: the file itself if it is not compressed.

    Raises InputError: `bundle-too-large` as soon as more comes out than a bundle may have, so
    that nothing is made of it; `bundle-malformed` for what is damaged, cut short, or anything
    but one member.
    """
    if not file.startswith(MAGIC):
        return file
    if len(file) > MAX_BYTES:
        raise _too_large()
    member = zlib.decompressobj(_GZIP)
    try:
        data = member.decompress(file, MAX_BYTES + 1)
    except zlib.error:
        raise _malformed("The compressed file is damaged.") from None
    if len(data) > MAX_BYTES:
        raise _too_large()
    if not member.eof:
        raise _malformed("The compressed file is cut short.")
    if member.unused_data:
        raise _malformed("Something follows the compressed bundle.")
    return data


def _too_large() -> InputError:
    return InputError("bundle-too-large", f"A bundle has at most {MAX_BYTES >> 20} MiB.")


def _malformed(message: str) -> InputError:
    return InputError("bundle-malformed", message)
