# SPDX-License-Identifier: Apache-2.0
"""Names of records, participants and accounts (docs/proof.md 1).

Record and participant ids are SHA-256 digests: 32 bytes in code, `ni:///sha-256;…`
(RFC 6920) wherever a URI is needed. Accounts are addresses, `did:pkh:eip155:…` (CAIP-10)
where a URI is needed.
"""

from __future__ import annotations

import binascii
import re
from functools import lru_cache
from typing import Final

from filiera.errors import InputError

NAMES: Final = 4_096
"""Digests whose URI is remembered: each check about a record names it, and each view of it."""

# The 43rd character holds the last 4 bits and two that are zero: whatever matches is canonical.
_NI = re.compile(r"ni:///sha-256;([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])")
_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")
_PKH = re.compile(r"did:pkh:eip155:([1-9][0-9]{0,15}):(0x[0-9a-f]{40})")


def b64url(data: bytes) -> str:
    """Unpadded base64url (RFC 4648 section 5)."""
    standard = binascii.b2a_base64(data, newline=False)
    return standard.translate(_TO_URL).rstrip(b"=").decode("ascii")


def lenient_b64url(text: str) -> bytes:
    """The bytes of base64url, whatever else is between; raises ValueError where there are none.

    For who encodes them again and compares: what was passed over does not come back.
    """
    return binascii.a2b_base64(text.encode("ascii").translate(_FROM_URL) + b"==")


def unb64url(text: str, *, where: str | None = None) -> bytes:
    """The bytes of canonical, unpadded base64url; raises `base64url-malformed`."""
    try:
        data = lenient_b64url(text)
    except ValueError:
        data = None
    if data is None or b64url(data) != text:
        raise InputError("base64url-malformed", "This is not canonical base64url.", where=where)
    return data


@lru_cache(NAMES)
def ni_uri(digest: bytes) -> str:
    """`ni:///sha-256;…` (RFC 6920) of a 32-byte digest."""
    if len(digest) != 32:
        raise ValueError("a SHA-256 digest has 32 bytes")
    return f"ni:///sha-256;{b64url(digest)}"


def parse_ni(uri: str, *, where: str | None = None) -> bytes:
    """The 32 bytes that `uri` names; raises `ni-malformed`."""
    match = _NI.fullmatch(uri)
    if match is None:
        raise InputError(
            "ni-malformed", f"{uri[:80]!r} is not ni:///sha-256;<43 characters>.", where=where
        )
    return lenient_b64url(match[1])


def digest_multibase(digest: bytes) -> str:
    """`u` + base64url of the SHA2-256 multihash of a 32-byte digest."""
    if len(digest) != 32:
        raise ValueError("a SHA-256 digest has 32 bytes")
    return "u" + b64url(b"\x12\x20" + digest)


def parse_digest_multibase(text: str, *, where: str | None = None) -> bytes:
    """The 32 bytes of a base64url SHA2-256 multihash; raises `base64url-malformed`."""
    raw = unb64url(text[1:], where=where) if text[:1] == "u" else b""
    if len(raw) != 34 or raw[:2] != b"\x12\x20":
        raise InputError(
            "base64url-malformed", "This is not the multibase of a SHA-256 digest.", where=where
        )
    return raw[2:]


def did_pkh(chain_id: int, address: str) -> str:
    """The did:pkh of an account: `address` is lower-case hex with 0x."""
    return f"did:pkh:eip155:{chain_id}:{address}"


def parse_did_pkh(did: str) -> tuple[int, str] | None:
    """(chain id, address) of a did:pkh in its canonical spelling, None for anything else."""
    match = _PKH.fullmatch(did)
    return (int(match[1]), match[2]) if match else None
