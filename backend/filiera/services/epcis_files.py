# SPDX-License-Identifier: Apache-2.0
"""EPCIS files from a person's disk: a file, a folder, or several separated by commas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from filiera.domain.epcis import MAX_FILE_BYTES, MAX_FILES, EpcisFile, read_file, read_json
from filiera.errors import InputError

SUFFIXES: Final = (".json", ".jsonld")
MAX_BYTES: Final = 50_000_000
"""Bytes of all files together."""


@dataclass(frozen=True, slots=True)
class EpcisInput:
    """The files to import in order, and one line for each thing that was passed over."""

    files: tuple[EpcisFile, ...]
    passed_over: tuple[str, ...]


def read_epcis_paths(paths: str) -> EpcisInput:
    """Read what `paths` names, in that order; a folder's files by name.

    A file that is named must be EPCIS; of a folder, .json and .jsonld files are read, those
    that are not EPCIS are passed over, and folders in it are not looked into. A comma
    belongs to a path if a path with it exists. Raises InputError: `usage` for a path that
    is missing or cannot be read, and for nothing to read; else as `read_file`.
    """
    reading = _Reading()
    for path in _split(paths):
        if path.is_dir():
            reading.folder(path)
        else:
            reading.file(path, named=True)
    if not reading.files:
        raise InputError("usage", "No EPCIS document is there.", where=paths)
    return EpcisInput(tuple(reading.files), tuple(reading.passed_over))


def _split(paths: str) -> Iterator[Path]:
    if _exists(paths):
        yield Path(paths)
        return
    for part in paths.split(","):
        text = part if _exists(part) else part.strip()
        if not _exists(text):
            raise InputError(
                "usage",
                f"There is no file or folder {text!r}.",
                where="EPCIS",
                hint="Name a file, a folder, or several separated by commas.",
            )
        yield Path(text)


def _exists(text: str) -> bool:
    try:
        return bool(text.strip()) and Path(text).exists()
    except (OSError, ValueError):
        return False


@dataclass(slots=True)
class _Reading:
    files: list[EpcisFile] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    total: int = 0

    def folder(self, folder: Path) -> None:
        for path in sorted(folder.iterdir(), key=lambda path: path.name):
            if path.is_dir():
                self.passed_over.append(f"{path.name}: a folder in a folder is not looked into")
            elif path.suffix.lower() in SUFFIXES:
                self.file(path, named=False)
            elif path.suffix.lower() == ".xml":
                self.passed_over.append(f"{path.name}: XML, only the JSON form is read")

    def file(self, path: Path, *, named: bool) -> None:
        data = self._bytes(path)
        file = read_file(path.name, data) if named else read_json(path.name, data)
        if file is None:
            self.passed_over.append(f"{path.name}: JSON, but not EPCIS")
            return
        self.files.append(file)
        if len(self.files) > MAX_FILES:
            raise InputError("epcis-too-large", f"There are more than {MAX_FILES} files.")

    def _bytes(self, path: Path) -> bytes:
        try:
            # One byte more than is allowed tells a file that is too large.
            with path.open("rb") as stream:
                data = stream.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise InputError(
                "usage", f"The file cannot be read: {error.strerror}.", where=str(path)
            ) from None
        self.total += len(data)
        if self.total > MAX_BYTES:
            raise InputError(
                "epcis-too-large", f"The files have more than {MAX_BYTES} bytes.", where=path.name
            )
        return data
