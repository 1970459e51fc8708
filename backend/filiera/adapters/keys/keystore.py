# SPDX-License-Identifier: Apache-2.0
"""Keys at rest: a folder of Web3 Secret Storage files (version 3), one a name."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from coincurve import PrivateKey
from eth_account import Account

from filiera.adapters.keys.account import LocalSigner
from filiera.errors import ConflictError, InputError, NotFoundError
from filiera.proof.encoding import parse_object

CHEAP_ITERATIONS: Final = 1024
"""scrypt's n for keys that guard nothing: those of a demonstration."""

_NAME = re.compile(r"[a-z0-9-]{1,40}")
_ADDRESS = re.compile(r"(0x)?([0-9a-f]{40})")


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """What may be shown of a key: its name here and its address (lower-case hex with 0x)."""

    name: str
    address: str


class Keystore:
    """Keys in `folder`, each in `<name>.json`, encrypted under its own password.

    A name is 1 to 40 of `a-z`, `0-9` and `-`; another raises InputError (`key-malformed`).
    The folder is made with mode 0700 when the first key is, files have mode 0600, and no
    file is ever overwritten.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self, name: str, password: str, *, cheap: bool = False) -> KeyInfo:
        """Make a key; raises ConflictError (`key-exists`) when the name is taken.

        `cheap` spares the cost of scrypt, and so a guesser's too: for demonstrations only.
        """
        file = self._file(name)
        if file.exists():
            raise _taken(name)
        secret = PrivateKey().secret
        iterations = CHEAP_ITERATIONS if cheap else None
        encrypted = Account.encrypt(secret, password, kdf="scrypt", iterations=iterations)
        self._write(file, json.dumps(encrypted))
        return KeyInfo(name, LocalSigner(secret).address)

    def list(self) -> list[KeyInfo]:
        """Every key, by name; raises InputError (`key-malformed`) for a file that is none."""
        names = [file.stem for file in self.folder.glob("*.json") if _NAME.fullmatch(file.stem)]
        return [self.show(name) for name in sorted(names)]

    def show(self, name: str) -> KeyInfo:
        """One key; raises NotFoundError (`key-not-found`) or InputError (`key-malformed`)."""
        return KeyInfo(name, _address(self._read(name), name))

    def unlock(self, name: str, password: str) -> LocalSigner:
        """The signer; besides what `show` raises, InputError (`key-password`)."""
        encrypted = self._read(name)
        try:
            signer = LocalSigner(bytes(Account.decrypt(dict(encrypted), password)))
        except ValueError as error:
            if "MAC mismatch" in str(error):
                raise InputError(
                    "key-password", "The password does not open the key.", where=name
                ) from None
            raise _malformed(name, "cannot be decrypted") from None
        except (KeyError, TypeError, AttributeError, NotImplementedError):
            raise _malformed(name, "lacks what decrypting needs") from None
        if signer.address != _address(encrypted, name):
            raise _malformed(name, "holds the key of another address than it says")
        return signer

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise InputError(
                "key-malformed",
                f"{name[:60]!r} is not a key's name.",
                hint="Use 1 to 40 of a-z, 0-9 and the hyphen.",
            )
        return self.folder / f"{name}.json"

    def _read(self, name: str) -> Mapping[str, Any]:
        file = self._file(name)
        try:
            encrypted = parse_object(file.read_bytes())
        except FileNotFoundError:
            raise NotFoundError(
                "key-not-found",
                f"There is no key {name!r} in {self.folder}.",
                hint=f"Make it with: filiera key new {name}",
            ) from None
        except (OSError, InputError):
            raise _malformed(name, "cannot be read") from None
        if encrypted.get("version") != 3:
            raise _malformed(name, "is not Web3 Secret Storage, version 3")
        return encrypted

    def _write(self, file: Path, text: str) -> None:
        """Write whole or not at all: the name appears when every byte is on the disk."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Such files are made with mode 0600.
        with NamedTemporaryFile("w", dir=self.folder, prefix=".new-") as draft:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
            try:
                os.link(draft.name, file)
            except FileExistsError:
                raise _taken(file.stem) from None


def _address(encrypted: Mapping[str, Any], name: str) -> str:
    match = _ADDRESS.fullmatch(str(encrypted.get("address", "")).lower())
    if match is None:
        raise _malformed(name, "names no address")
    return f"0x{match[2]}"


def _taken(name: str) -> ConflictError:
    return ConflictError(
        "key-exists", f"There is already a key {name!r}.", hint="Choose another name."
    )


def _malformed(name: str, what: str) -> InputError:
    return InputError("key-malformed", f"The key file {what}.", where=f"{name}.json")
