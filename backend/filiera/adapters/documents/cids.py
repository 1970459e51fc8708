# SPDX-License-Identifier: Apache-2.0
"""CIDs of version 1 over SHA-256: the only ones that Filiera makes.

<version 1><codec><0x12 sha2-256><0x20 length><digest>, 36 bytes, written in lower-case
base32 without padding after the letter b (the CID and multibase specifications).
"""

from __future__ import annotations

import base64
from typing import Final

RAW: Final = 0x55
DAG_PB: Final = 0x70
DAG_CBOR: Final = 0x71
LENGTH: Final = 36


def cid_bytes(codec: int, digest: bytes) -> bytes:
    """The 36 bytes of a CID."""
    return bytes((1, codec, 0x12, 0x20)) + digest


def cid_text(cid: bytes) -> str:
    """The same as people and IPFS write it: 59 characters."""
    return "b" + base64.b32encode(cid).decode().lower().rstrip("=")


def parse_cid(text: str) -> bytes:
    """The 36 bytes of a CID in text; raises `ValueError` when it is of another kind."""
    try:
        cid = base64.b32decode(text[1:].upper() + "======")
    except ValueError:
        cid = b""
    if cid[:1] + cid[2:4] != b"\x01\x12\x20" or cid_text(cid) != text:
        raise ValueError(f"{text!r} is no CIDv1 in base32 over SHA-256")
    return cid


def digest_of(cid: bytes) -> bytes:
    """The SHA-256 that the CID names."""
    return cid[4:]


def block_key(digest: bytes) -> str:
    """A block's name in Kubo's store: its multihash in upper-case base32 without padding."""
    return base64.b32encode(b"\x12\x20" + digest).decode().rstrip("=")
