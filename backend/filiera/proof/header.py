# SPDX-License-Identifier: Apache-2.0
"""Block headers (Ethereum Yellow Paper 4.4), read from their RLP and from nothing else.

A header has 15 fields; later forks added some at its end, which are kept as they are, since
every hash of a header is over all of them. What a block is called depends on the seal
(`proof.seals`): the hash here is that of the header as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from eth_hash.backends.pysha3 import keccak256

from filiera.errors import InputError
from filiera.proof.rlp import Item, decode, encode, to_int

MAX_HEADER: Final = 1 << 16
"""Bytes of one header: room for the seals of hundreds of validators."""
MAX_NUMBER: Final = 2**53 - 1
"""The largest block number and time: what JSON can say (RFC 7493)."""
FIELDS: Final = 15
MAX_FIELDS: Final = 32

_PARENT, _STATE, _RECEIPTS, _NUMBER, _TIME, _EXTRA = 0, 3, 5, 8, 11, 12
_LENGTHS: Final = {0: 32, 1: 32, 2: 20, 3: 32, 4: 32, 5: 32, 6: 256, 13: 32, 14: 8}
"""The fields of a fixed length; difficulty, gas and gas limit are scalars."""
_SCALARS: Final = {7: 32, 8: 8, 9: 8, 10: 8, 11: 8}


@dataclass(frozen=True)
class Header:
    """A block's header. `fields` are its items in order, `rlp` what it was read from.

    `time` is in seconds since 1970 UTC.
    """

    rlp: bytes
    fields: tuple[bytes, ...]

    @cached_property
    def hash(self) -> bytes:
        """Keccak-256 of the header as it stands."""
        return keccak256(self.rlp)

    @property
    def number(self) -> int:
        """The block's number; 0 is the genesis block."""
        return int.from_bytes(self.fields[_NUMBER], "big")

    @property
    def time(self) -> int:
        """The block's time."""
        return int.from_bytes(self.fields[_TIME], "big")

    @property
    def parent(self) -> bytes:
        """What the block before is called."""
        return self.fields[_PARENT]

    @property
    def state_root(self) -> bytes:
        """The root of the state trie after this block."""
        return self.fields[_STATE]

    @property
    def receipts_root(self) -> bytes:
        """The root of the trie of receipts."""
        return self.fields[_RECEIPTS]

    @property
    def extra(self) -> bytes:
        """extraData: where clique and QBFT keep validators and seals."""
        return self.fields[_EXTRA]

    def hash_with(self, extra: bytes) -> bytes:
        """Keccak-256 of this header with another extraData."""
        fields: list[Item] = [*self.fields]
        fields[_EXTRA] = extra
        return keccak256(encode(fields))


def parse_header(rlp: bytes) -> Header:
    """The header that `rlp` encodes; raises `rlp-malformed` or `header-malformed`."""
    if len(rlp) > MAX_HEADER:
        raise _malformed(f"it has more than {MAX_HEADER} bytes")
    items = decode(rlp)
    if isinstance(items, bytes) or not FIELDS <= len(items) <= MAX_FIELDS:
        raise _malformed(f"it is no list of {FIELDS} to {MAX_FIELDS} fields")
    fields = tuple(item for item in items if isinstance(item, bytes))
    if len(fields) != len(items):
        raise _malformed("a field is a list")
    for index, length in _LENGTHS.items():
        if len(fields[index]) != length:
            raise _malformed(f"field {index} has not {length} bytes")
    for index, size in _SCALARS.items():
        to_int(fields[index], size)
    header = Header(rlp, fields)
    if header.number > MAX_NUMBER or header.time > MAX_NUMBER:
        raise _malformed("its number or time lies beyond 2^53-1")
    return header


def _malformed(what: str) -> InputError:
    return InputError("header-malformed", f"This is no block header: {what}.")
