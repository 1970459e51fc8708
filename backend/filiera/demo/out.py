# SPDX-License-Identifier: Apache-2.0
"""`OUT=folder`: the passport with all its checks, its bundle and its documents, to keep."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from filiera.errors import FilieraError, InputError, UnavailableError
from filiera.labels.symbol import png, svg
from filiera.proof.trust import dump_trust
from filiera.services import Services
from filiera.services.passport_view import PassportView

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LEFT = ("passport.json", "bundle.json", "trust.json", "qr.svg", "qr.png", "documents")


def write_out(folder: Path, view: PassportView, services: Services, label: str) -> list[str]:
    """Write passport.json, bundle.json, trust.json, the QR code of `label` and documents/.

    A document's file name is made of its hash and a tamed form of its name, so that no
    record decides where anything is written; `folder` is made if need be. While the chain
    does not answer, there is no bundle. Returns the names of what is there. Raises InputError
    (`file-unreadable`) when the folder cannot be written.
    """
    try:
        documents = folder / "documents"
        documents.mkdir(parents=True, exist_ok=True)
        text = view.model_dump_json(indent=2, by_alias=True)
        (folder / "passport.json").write_text(text + "\n", "utf-8")
        _write_bundle(folder, view.id, services)
        _write_label(folder, label)
        for record in (view.own, *view.steps, *view.claims):
            for line in record.documents:
                content = _content(services, bytes.fromhex(line.sha256[2:]))
                if content is not None:
                    (documents / file_name(line.sha256, line.name)).write_bytes(content)
    except OSError as error:
        raise InputError(
            "file-unreadable",
            f"The folder cannot be written: {error.strerror}.",
            where=str(folder),
        ) from error
    return [name for name in _LEFT if (folder / name).exists()]


def _write_bundle(folder: Path, product: str, services: Services) -> None:
    """The bundle and the trust file; one that was left there before goes."""
    (folder / "bundle.json").unlink(missing_ok=True)
    (folder / "trust.json").write_bytes(dump_trust(services.bundles.trust))
    with suppress(UnavailableError):
        (folder / "bundle.json").write_bytes(services.bundles.make(product))


def _write_label(folder: Path, label: str) -> None:
    """The QR code of an address; none of one that is too long for a label."""
    for name, draw in (("qr.svg", svg), ("qr.png", png)):
        (folder / name).unlink(missing_ok=True)
        with suppress(InputError):
            (folder / name).write_bytes(draw(label))


def file_name(sha256: str, name: str) -> str:
    """`<first 16 digits of the hash>-<tame name>`."""
    tame = _UNSAFE.sub("-", name).strip("-.")[-80:] or "document"
    return f"{sha256[2:18]}-{tame}"


def _content(services: Services, sha256: bytes) -> bytes | None:
    """The file as it is stored, None when it is not at hand."""
    stored = services.store.document(sha256)
    try:
        return services.documents.get(stored) if stored else None
    except FilieraError:
        return None
