# SPDX-License-Identifier: Apache-2.0
"""RLP, the encoding of headers and trie nodes (Ethereum Yellow Paper, appendix B).

Only the canonical encoding is read: what `decode` takes, `encode` gives back byte for byte.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from filiera.errors import InputError

Item: TypeAlias = "bytes | list[Item]"
"""A byte string, or a list of items."""

MAX_DEPTH: Final = 16
"""Lists within lists; no header, no node and no seal has more than four."""


def decode(data: bytes) -> Item:
    """The one item that `data` is; raises `rlp-malformed`."""
    item, end = _item(data, 0, len(data), MAX_DEPTH)
    if end != len(data):
        raise _malformed("bytes follow its end")
    return item


def encode(item: Item) -> bytes:
    """The encoding of an item."""
    if isinstance(item, bytes):
        if len(item) == 1 and item[0] < 0x80:
            return item
        return _head(len(item), 0x80) + item
    content = b"".join(map(encode, item))
    return _head(len(content), 0xC0) + content


def to_int(item: Item, size: int = 32) -> int:
    """The scalar of at most `size` bytes that an item is: big endian, no leading zeros."""
    if not isinstance(item, bytes) or len(item) > size or item[:1] == b"\0":
        raise _malformed(f"a number is none of at most {size} bytes")
    return int.from_bytes(item, "big")


def from_int(number: int) -> bytes:
    """A scalar as an item: big endian, no leading zeros, zero is empty."""
    return number.to_bytes(-(-number.bit_length() // 8), "big")


def _head(length: int, base: int) -> bytes:
    if length < 56:
        return bytes([base + length])
    size = from_int(length)
    return bytes([base + 55 + len(size)]) + size


def _item(data: bytes, at: int, end: int, depth: int) -> tuple[Item, int]:
    """The item that begins at `at`, and where it ends, which is not beyond `end`."""
    if at >= end:
        raise _malformed("it ends too early")
    first = data[at]
    if first < 0x80:
        return data[at : at + 1], at + 1
    if first < 0xC0:
        start, stop = _span(data, at, end, first - 0x80)
        if stop - start == 1 and data[start] < 0x80:
            raise _malformed("a byte is written as a string of one")
        return data[start:stop], stop
    start, stop = _span(data, at, end, first - 0xC0)
    if depth == 0:
        raise _malformed(f"lists lie more than {MAX_DEPTH} deep")
    items: list[Item] = []
    while start < stop:
        # Most of what is read are branches: hashes of 32 bytes, and nothing.
        if data[start] == 0xA0 and start + 33 <= stop:
            items.append(data[start + 1 : start + 33])
            start += 33
        elif data[start] == 0x80:
            items.append(b"")
            start += 1
        else:
            item, start = _item(data, start, stop, depth - 1)
            items.append(item)
    return items, stop


def _span(data: bytes, at: int, end: int, said: int) -> tuple[int, int]:
    """Where the content of a string or list begins and ends; `said` is its head's own number."""
    start, length = at + 1, said
    if said > 55:
        start += said - 55
        size = data[at + 1 : min(start, end)]
        length = int.from_bytes(size, "big")
        if size[:1] == b"\0" or length < 56:
            raise _malformed("a length is longer than it need be")
    if start + length > end:
        raise _malformed("it ends too early")
    return start, start + length


def _malformed(what: str) -> InputError:
    return InputError("rlp-malformed", f"This is not canonical RLP: {what}.")
