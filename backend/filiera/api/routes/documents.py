# SPDX-License-Identifier: Apache-2.0
"""Documents: the bytes of a file, checked against their hash on every read."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from fastapi import APIRouter, Response

from filiera.api.context import ServicesOf
from filiera.api.described import problems
from filiera.api.names import parse_file_digest
from filiera.errors import IntegrityError, NotFoundError
from filiera.model.ids import b64url, ni_uri
from filiera.ports.documents import StoredDocument
from filiera.services import Services

router = APIRouter(prefix="/documents", tags=["documents"])
# Types that a browser shows without running anything; SVG is not among them.
_SHOWN: Final = frozenset(
    {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}
)
# What a download may be called: nothing that opening would run, whatever its signer says it is.
_ENDINGS: Final = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
# No sandbox: some browsers show no PDF that is sandboxed, the others leave theirs unsandboxed all
# the same (decision 0127). Their viewer embeds the file and styles the page around it.
_PDF_POLICY: Final = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}")


@router.get(
    "/{sha256}",
    summary="One document",
    response_class=Response,
    responses={
        200: {"content": {"*/*": {}}, "description": "The file's bytes."},
        **problems(400, 404, 502, 503),
    },
)
def read(sha256: str, services: ServicesOf) -> Response:
    """A file that came with a record, by the SHA-256 of its bytes: base64url or hexadecimal.

    Its hash is taken anew on every read: what was altered is not handed out.
    """
    digest = parse_file_digest(sha256)
    document = services.store.document(digest)
    if document is None:
        raise NotFoundError(
            "document-not-found", "No document of that hash is stored here.", where=ni_uri(digest)
        )
    data = _intact(services, document)
    return Response(data, headers=_headers(document))


def _intact(services: Services, document: StoredDocument) -> bytes:
    data = services.documents.get(document)
    if hashlib.sha256(data).digest() != document.sha256:
        raise IntegrityError(
            "document-hash-mismatch",
            "What is stored is not the file that the hash names.",
            where=ni_uri(document.sha256),
        )
    return data


def _headers(document: StoredDocument) -> dict[str, str]:
    """The type is the signer's word: nothing of it may make a browser run the file."""
    kind = document.media_type.lower()
    kind = kind if _MEDIA_TYPE.fullmatch(kind) else "application/octet-stream"
    place = "inline" if kind in _SHOWN else "attachment"
    name = b64url(document.sha256)[:12] + _ENDINGS.get(kind, ".bin")
    headers = {
        "Content-Type": kind,
        "Content-Disposition": f'{place}; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if kind == "application/pdf":
        headers["Content-Security-Policy"] = _PDF_POLICY
    return headers
