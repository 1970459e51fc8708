# SPDX-License-Identifier: Apache-2.0
"""Links from a record to records and files (docs/records.md, "Links").

A link of ours names its target by digest, twice: `linkURL` is `ni:///sha-256;…` and
`digestMultibase` the same digest as a multihash. Any other link is an external
reference: it is kept and never fetched. If it carries a SHA-256 digest all the same, its
file can be presented and checked, so it counts as a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

from pydantic import Field, model_validator

from filiera.errors import InputError
from filiera.model.base import Closed, Payload
from filiera.model.ids import digest_multibase, ni_uri, parse_digest_multibase, parse_ni
from filiera.model.reading import Node
from filiera.model.scalars import Line, MediaType, Uri, broken

RECORD_MEDIA_TYPE: Final = "application/vc+jwt"


class LinkType(StrEnum):
    """The one table of `linkType`: what the target is to the record that links it."""

    STEP = "step"
    """A traceability event that a product's own record vouches for."""
    CLAIM = "claim"
    """A conformity credential that a product's own record vouches for."""
    INPUT = "input"
    """The step that made an input of this step."""
    DOCUMENT = "document"
    """A file."""


_KINDS: Final = frozenset(LinkType)


@contextmanager
def _as_broken_rule() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise broken(error.code, f"is wrong: {error.message.rstrip('.')}") from None


class RecordReference(Closed):
    """A record named by its digest, where the member itself says what it is to this one."""

    link_url: Uri = Field(alias="linkURL")
    link_name: Line
    digest_multibase: Line | None = None
    media_type: MediaType | None = None

    @model_validator(mode="after")
    def _names_one_target(self) -> Self:
        with _as_broken_rule():
            _own_digest(self.link_url, self.digest_multibase, where=None)
        return self


class Link(Closed):
    """UNTP Link: where a thing is, its name and, if it is one of ours, its digest."""

    link_url: Uri = Field(alias="linkURL")
    link_name: Line
    digest_multibase: Line | None = None
    media_type: MediaType | None = None
    link_type: Line | None = None

    @model_validator(mode="after")
    def _names_one_target(self) -> Self:
        with _as_broken_rule():
            _target(self.link_url, self.digest_multibase, self.link_type, where=None)
        return self


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A link whose target is known by its SHA-256, 32 bytes: a record or a file."""

    kind: LinkType
    digest: bytes
    name: str
    media_type: str | None = None


def record_link(record_id: bytes, kind: LinkType, name: str) -> RecordLink:
    """A link to a record: a step, a claim or the step that made an input."""
    return RecordLink(kind, record_id, name, RECORD_MEDIA_TYPE)


def document_link(sha256: bytes, name: str, media_type: str) -> RecordLink:
    """A link to a file by the SHA-256 of its bytes."""
    return RecordLink(LinkType.DOCUMENT, sha256, name, media_type)


def link_payload(link: RecordLink) -> Payload:
    """The link as a record writes it."""
    return _target_payload(link.digest, link.name, link.media_type) | {"linkType": link.kind.value}


def predecessor_payload(record_id: bytes) -> Payload:
    """What a reissue says of the record that it replaces."""
    return _target_payload(record_id, "The record that this one replaces", RECORD_MEDIA_TYPE)


def _target_payload(digest: bytes, name: str, media_type: str | None) -> Payload:
    payload = {
        "linkURL": ni_uri(digest),
        "linkName": name,
        "digestMultibase": digest_multibase(digest),
    }
    return payload | ({"mediaType": media_type} if media_type else {})


def links_of(payload: Payload) -> tuple[RecordLink, ...]:
    """The links in a record's credentialSubject that name their target's digest.

    Wherever UNTP places them: every object with a `linkURL`, in the order of the text,
    each (kind, target) once. Raises `link-digest-mismatch`, `ni-malformed` or
    `record-schema`.
    """
    found: dict[tuple[LinkType, bytes], RecordLink] = {}
    for link in _collect(payload.get("credentialSubject"), "credentialSubject", []):
        url, media_type = link.text("linkURL"), link.maybe_text("mediaType")
        multibase, kind = link.maybe_text("digestMultibase"), link.maybe_text("linkType")
        target = _target(url, multibase, kind, where=link.path)
        if target is not None:
            name = link.maybe_text("linkName") or url
            found.setdefault(target, RecordLink(*target, name, media_type))
    return tuple(found.values())


def predecessor_of(payload: Payload) -> bytes | None:
    """The id of the record that this one replaces, None if it replaces none.

    Raises as `links_of`.
    """
    link = Node(payload).maybe_node("predecessor")
    if link is None:
        return None
    return _own_digest(link.text("linkURL"), link.maybe_text("digestMultibase"), where=link.path)


def _target(
    url: str, multibase: str | None, kind: str | None, *, where: str | None
) -> tuple[LinkType, bytes] | None:
    if not url.lower().startswith("ni:"):
        digest = _foreign_digest(multibase)
        return (LinkType.DOCUMENT, digest) if digest else None
    if kind not in _KINDS:
        table = ", ".join(LinkType)
        raise InputError("record-schema", f"linkType must be one of {table}.", where=where)
    return LinkType(kind), _own_digest(url, multibase, where=where)


def _own_digest(url: str, multibase: str | None, *, where: str | None) -> bytes:
    digest = parse_ni(url, where=where)
    if multibase != digest_multibase(digest):
        raise InputError(
            "link-digest-mismatch",
            "linkURL and digestMultibase do not name the same digest.",
            where=where,
        )
    return digest


def _foreign_digest(multibase: str | None) -> bytes | None:
    # Other multibases and hash functions are lawful in UNTP; such a file is not checked.
    try:
        return parse_digest_multibase(multibase) if multibase else None
    except InputError:
        return None


def _collect(value: Any, path: str, found: list[Node]) -> list[Node]:
    """Every object with a `linkURL`, in the order of the text, added to `found`."""
    if type(value) is dict:
        if "linkURL" in value:
            found.append(Node(value, path))
        for name, item in value.items():
            if type(item) is dict or type(item) is list:
                _collect(item, f"{path}.{name}", found)
    elif type(value) is list:
        for index, item in enumerate(value):
            if type(item) is dict or type(item) is list:
                _collect(item, f"{path}[{index}]", found)
    return found
