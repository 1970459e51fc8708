# SPDX-License-Identifier: Apache-2.0
"""Signer: a secp256k1 key in this process's memory."""

from __future__ import annotations

from coincurve import PrivateKey

from filiera.proof.jws import address_of


class LocalSigner:
    """The port `Signer` over a private key of 32 bytes, which nothing here gives back.

    Raises ValueError for a key that is not a number from 1 to the group's order less one.
    """

    __slots__ = ("_address", "_key", "_public_key")

    def __init__(self, private_key: bytes) -> None:
        if len(private_key) != 32:
            raise ValueError("a private key has 32 bytes")
        self._key = PrivateKey(private_key)
        self._public_key = self._key.public_key.format(compressed=False)[1:]
        self._address = address_of(self._public_key)

    @classmethod
    def generate(cls) -> LocalSigner:
        """A new key from the operating system's randomness."""
        return cls(PrivateKey().secret)

    @property
    def address(self) -> str:
        """Lower-case hex with 0x."""
        return self._address

    @property
    def public_key(self) -> bytes:
        """x || y, 64 bytes."""
        return self._public_key

    def sign_digest(self, digest: bytes) -> bytes:
        """r || s || v over a 32-byte digest: RFC 6979, low s, v 0 or 1."""
        if len(digest) != 32:
            raise ValueError("a digest has 32 bytes")
        return self._key.sign_recoverable(digest, hasher=None)

    def __repr__(self) -> str:
        return f"LocalSigner({self._address})"
