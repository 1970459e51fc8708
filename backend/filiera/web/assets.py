# SPDX-License-Identifier: Apache-2.0
"""The static files: each under an address that holds its hash, so that it never changes.

All of them are read, hashed and compressed once, when the site is made. The browser verifier
is among them where it was built; a server does without it, and says so.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from filiera.errors import NotFoundError
from filiera.web.messages import HERE

STATIC: Final = "/static"
MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


BUILT: Final = HERE.parents[1] / "verifier" / "dist"
"""Where `node backend/verifier/build.mjs` leaves the browser verifier, in a checkout."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file: `name` holds the hash, `site.0123456789ab.css`; `file` is its own name."""

    file: str
    name: str
    media_type: str
    body: bytes
    compressed: bytes

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"{STATIC}/{self.name}"

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal, as `sha256sum` prints it."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Verifier:
    """What is built of the browser verifier: the module for our pages, and the page to keep."""

    module: Asset
    page: Asset


class Assets:
    """The files of a folder by the name that they have there, and by the one they are served as.

    `verifier` is None where there is none in the folder `built`.
    """

    def __init__(self, folder: Path = HERE / "static", built: Path = BUILT) -> None:
        files = sorted(file for file in folder.iterdir() if file.suffix in MEDIA_TYPES)
        self._by_file = {file.name: read_asset(file) for file in files}
        self.verifier = _verifier(built)
        served = [*self._by_file.values()]
        served += (self.verifier.module, self.verifier.page) if self.verifier else ()
        self._by_name: Mapping[str, Asset] = {each.name: each for each in served}

    def address(self, file: str) -> str:
        """The address of `site.css`; raises KeyError for a file that is not there."""
        return self._by_file[file].address

    def find(self, name: str) -> Asset:
        """The asset served as `name`; raises `not-found`."""
        try:
            return self._by_name[name]
        except KeyError:
            raise NotFoundError("not-found", "There is no such file.", where=name[:80]) from None


def read_asset(file: Path) -> Asset:
    """One file, hashed and compressed."""
    body = file.read_bytes()
    name = f"{file.stem}.{sha256(body).hexdigest()[:12]}{file.suffix}"
    return Asset(file.name, name, MEDIA_TYPES[file.suffix], body, _compressed(body))


@lru_cache(maxsize=64)
def _compressed(body: bytes) -> bytes:
    """Once for all sites of a process: a demonstration makes two."""
    return gzip.compress(body, mtime=0)


def _verifier(folder: Path) -> Verifier | None:
    files = [folder / "self-check.js", folder / "verifier.html"]
    return Verifier(*map(read_asset, files)) if all(file.is_file() for file in files) else None
