# SPDX-License-Identifier: Apache-2.0
"""Bytes that are made once and sent many times: compressed once, too."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

_SMALLEST: Final = 500
"""Bytes below which compressing is not worth it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A finished page or file as it is kept, and what its entity tags begin with.

    `data` is compressed where that is worth it: nearly everybody takes it so.
    """

    data: bytes
    zipped: bool
    tag: str

    @classmethod
    def of(cls, plain: bytes) -> Body:
        """The body of these bytes."""
        zipped = len(plain) >= _SMALLEST
        data = gzip.compress(plain, compresslevel=6, mtime=0) if zipped else plain
        return cls(data, zipped, sha256(data).hexdigest()[:32])

    @property
    def plain(self) -> bytes:
        """The bytes that it was made of, for who takes nothing compressed."""
        return gzip.decompress(self.data) if self.zipped else self.data
