# SPDX-License-Identifier: Apache-2.0
"""Signer: a key that signs and is never shown."""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    """One secp256k1 account. The private key never leaves the implementation."""

    @property
    def address(self) -> str:
        """Lower-case hex with 0x."""
        ...

    @property
    def public_key(self) -> bytes:
        """The uncompressed point without its prefix: x || y, 64 bytes."""
        ...

    def sign_digest(self, digest: bytes) -> bytes:
        """r || s || v (65 bytes, low s, v 0 or 1) over a 32-byte digest (RFC 6979)."""
        ...
