# SPDX-License-Identifier: Apache-2.0
"""Compressed files of a bundle: those that are read, and those that are not, with their codes."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from pathlib import Path
from typing import Final

from filiera.proof.bundle import MAX_BYTES
from filiera.proof.packed import packed

VECTORS: Final = Path(__file__).parents[1] / "vectors"
PLAIN: Final = (VECTORS / "bundles" / "good-operator.json").read_bytes()
GOOD: Final = packed(PLAIN)
DATA: Final = GOOD[10:]
"""The deflated data and the trailer, which follow a header of ten bytes (RFC 1952, 2.3)."""
BOMB: Final = packed(b" " * (100 << 20))
"""A thousand to one."""
TEXT, CHECKED, EXTRA, NAME, COMMENT = 1, 2, 4, 8, 16


def header(flags: int, more: bytes = b"") -> bytes:
    """A member's header with these flags, and what they announce."""
    return b"\x1f\x8b\x08" + bytes([flags]) + bytes(4) + b"\x02\xff" + more


def checked(start: bytes) -> bytes:
    """A header followed by its own checksum."""
    return start + struct.pack("<H", zlib.crc32(start) & 0xFFFF)


def of_a_file() -> bytes:
    """As `gzip bundle.json` makes it: with a name and a time."""
    made = io.BytesIO()
    with gzip.GzipFile("bundle.json", "wb", fileobj=made, mtime=1_790_000_000) as file:
        file.write(PLAIN)
    return made.getvalue()


READ: Final[dict[str, bytes]] = {
    "as Filiera writes it": GOOD,
    "as gzip does, with name and time": of_a_file(),
    "fast": gzip.compress(PLAIN, 1),
    "not compressed at all": gzip.compress(PLAIN, 0),
    "with an extra field": header(EXTRA, b"\x03\x00abc") + DATA,
    "with a comment": header(TEXT | COMMENT, b"of this garment\0") + DATA,
    "with a checked header": checked(header(CHECKED)) + DATA,
    "with everything": checked(
        header(TEXT | CHECKED | EXTRA | NAME | COMMENT, b"\x01\x00xname\0comment\0")
    )
    + DATA,
}
"""Each is the bundle `PLAIN`."""

MALFORMED: Final = "bundle-malformed"
REFUSED: Final[dict[str, tuple[bytes, str]]] = {
    "two bytes": (GOOD[:2], MALFORMED),
    "half a header": (GOOD[:7], MALFORMED),
    "a header": (GOOD[:10], MALFORMED),
    "a name without end": (header(NAME, b"bundle"), MALFORMED),
    "half": (GOOD[: len(GOOD) // 2], MALFORMED),
    "without its trailer": (GOOD[:-8], MALFORMED),
    "without its last byte": (GOOD[:-1], MALFORMED),
    "a changed byte": (GOOD[:500] + bytes([GOOD[500] ^ 0x55]) + GOOD[501:], MALFORMED),
    "another checksum": (GOOD[:-8] + bytes(4) + GOOD[-4:], MALFORMED),
    "another length": (GOOD[:-4] + bytes(4), MALFORMED),
    "another checksum of the header": (header(CHECKED, b"\0\0") + DATA, MALFORMED),
    "another method": (b"\x1f\x8b\x07" + GOOD[3:], MALFORMED),
    "a flag to come": (header(0x80) + DATA, MALFORMED),
    "a zero behind": (GOOD + b"\0", MALFORMED),
    "text behind": (GOOD + b"and more", MALFORMED),
    "two members": (GOOD + GOOD, MALFORMED),
    "an empty member before": (packed(b"") + GOOD, MALFORMED),
    "an empty member behind": (GOOD + packed(b""), MALFORMED),
    "a bomb behind": (GOOD + BOMB, MALFORMED),
    "a bomb": (BOMB, "bundle-too-large"),
    "a bomb that is cut short": (BOMB[:-100], "bundle-too-large"),
    "a byte too many": (packed(b" " * (MAX_BYTES + 1)), "bundle-too-large"),
    "itself too large": (GOOD + bytes(MAX_BYTES), "bundle-too-large"),
    "nothing inside": (packed(b""), "json-malformed"),
    "as much as there may be, of nothing": (packed(b" " * MAX_BYTES), "json-malformed"),
    "compressed twice": (packed(GOOD), "json-malformed"),
    "another spelling inside": (packed(PLAIN + b"\n"), MALFORMED),
    "a trust file": (packed((VECTORS / "trust" / "good-operator.json").read_bytes()), MALFORMED),
}
"""Each file, and the code of what is wrong with it, the same from every verifier."""
