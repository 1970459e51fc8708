# SPDX-License-Identifier: Apache-2.0
"""The trust file: what a verifier believes beforehand (docs/proof.md 3).

Which chain, whose seals, which contracts with which code, and who founded it. Two people can
read its digest to each other in words. Hashes and addresses are lower-case hex with 0x, ids
ni URIs, as in the file; lists without an order of their own are ascending by their text, so
that one trust has one spelling, and one digest.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, TypeAlias

from mnemonic import Mnemonic
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel, to_pascal

from filiera.errors import InputError
from filiera.model.ids import parse_ni
from filiera.proof.encoding import MAX_INTEGER, dump_json, parse_object
from filiera.proof.evidence import Trust

VERSION: Final = 1
MAX_TRUST: Final = 1 << 20
"""Bytes of a trust file."""
MAX_LISTED: Final = 1_000
"""Entries of any one of its lists."""
DIGESTS: Final = 16
"""Trust files whose digest is remembered: a server has one, and says it on every page."""
LANGUAGES: Final = {"en": "english", "it": "italian"}
SCHEMA_ID: Final = "https://filiera.example/schemas/trust-v1.json"

SealName: TypeAlias = Literal["operator", "clique", "qbft"]


def _ni(uri: str) -> str:
    try:
        parse_ni(uri)
    except InputError as error:
        raise ValueError(error.message) from None
    return uri


def _ascending(values: tuple[str, ...]) -> tuple[str, ...]:
    if any(one >= other for one, other in pairwise(values)):
        raise ValueError("not ascending, or something is there twice")
    return values


Address = Annotated[str, Field(pattern="^0x[0-9a-f]{40}$", min_length=42, max_length=42)]
Hash = Annotated[str, Field(pattern="^0x[0-9a-f]{64}$", min_length=66, max_length=66)]
NiUri = Annotated[
    str,
    Field(pattern="^ni:///sha-256;[A-Za-z0-9_-]{43}$", min_length=57, max_length=57),
    AfterValidator(_ni),
]
Count = Annotated[StrictInt, Field(ge=0, le=MAX_INTEGER)]
Positive = Annotated[StrictInt, Field(ge=1, le=MAX_INTEGER)]


class _Part(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, frozen=True, extra="forbid", serialize_by_alias=True
    )


class Seal(_Part):
    """Who seals blocks, from which block on; an operator is one address."""

    kind: SealName
    validators: Annotated[
        tuple[Address, ...],
        Field(min_length=1, max_length=MAX_LISTED),
        AfterValidator(_ascending),
    ]
    from_block: Count

    @model_validator(mode="after")
    def _one_operator(self) -> Seal:
        if self.kind == "operator" and len(self.validators) != 1:
            raise ValueError("an operator is one address")
        return self


class Contract(_Part):
    """A registry: `code_hash` is Keccak-256 of its code, `layout` `slots.layout_digest`."""

    address: Address
    code_hash: Hash
    layout: Hash


class Contracts(_Part):
    """One generation of the four registries."""

    model_config = ConfigDict(alias_generator=to_pascal)

    participant_registry: Contract
    anchor_registry: Contract
    status_registry: Contract
    finding_registry: Contract

    @property
    def named(self) -> dict[str, Contract]:
        """The registries by their names."""
        return {to_pascal(name): getattr(self, name) for name in type(self).model_fields}


class TrustFile(_Part):
    """A trust file, version 1. Ages are in seconds; generations, oldest first.

    `pinned_blocks` are hashes of blocks that need no seal; `predecessor` names the digest of
    the version before.
    """

    filiera_trust: Annotated[StrictInt, Field(ge=VERSION, le=VERSION)]
    chain_id: Positive
    genesis_hash: Hash
    seal: Seal
    contracts: Annotated[tuple[Contracts, ...], Field(min_length=1, max_length=MAX_LISTED)]
    founders: Annotated[
        tuple[NiUri, ...], Field(min_length=1, max_length=MAX_LISTED), AfterValidator(_ascending)
    ]
    maximum_age: Positive
    minimum_block: Count
    pinned_blocks: Annotated[
        tuple[Hash, ...], Field(max_length=MAX_LISTED), AfterValidator(_ascending)
    ]
    predecessor: NiUri | None = None

    @model_validator(mode="after")
    def _no_address_twice(self) -> TrustFile:
        addresses = [c.address for each in self.contracts for c in each.named.values()]
        if len(set(addresses)) != len(addresses):
            raise ValueError("an address is there for two contracts")
        return self

    @property
    def trust(self) -> Trust:
        """What the checks of records need of it."""
        founders = frozenset(map(parse_ni, self.founders))
        return Trust(self.chain_id, bytes.fromhex(self.genesis_hash[2:]), founders)


def parse_trust(data: bytes) -> TrustFile:
    """The trust file that I-JSON text is.

    Raises InputError: `trust-malformed`, `trust-version`, or what `parse_object` raises.
    """
    if len(data) > MAX_TRUST:
        raise InputError("trust-malformed", f"A trust file has at most {MAX_TRUST} bytes.")
    members = parse_object(data, where="trust file")
    version = members.get("filieraTrust")
    if type(version) is int and version != VERSION:
        raise InputError(
            "trust-version",
            f"This trust file is of version {version}; this Filiera knows {VERSION}.",
            where="filieraTrust",
        )
    # Absent is absent: null is not another way to say it.
    if "predecessor" in members and members["predecessor"] is None:
        raise InputError("trust-malformed", "It must not be null.", where="predecessor")
    try:
        return TrustFile.model_validate(members)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))[:200] or "trust file"
        wrong = "it lacks this member" if first["type"] == "missing" else first["msg"]
        raise InputError(
            "trust-malformed", f"This is no trust file: {wrong}.", where=where
        ) from None


def dump_trust(trust: TrustFile) -> bytes:
    """The canonical text: compact JSON, members in the order of docs/proof.md 3."""
    return dump_json(trust.model_dump(by_alias=True, exclude_none=True))


@lru_cache(DIGESTS)
def trust_digest(trust: TrustFile) -> bytes:
    """SHA-256 of the canonical text, however the file itself was spelled."""
    return sha256(dump_trust(trust)).digest()


def trust_words(digest: bytes, language: str = "en") -> tuple[str, ...]:
    """Twelve words (BIP-39) that say the first 16 bytes of a digest, in "en" or "it"."""
    return tuple(_mnemonic(language).to_mnemonic(digest[:16]).split())


@cache
def _mnemonic(language: str) -> Mnemonic:
    """The words of a language, which the library reads from a file."""
    return Mnemonic(LANGUAGES[language])


def trust_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a trust file."""
    schema = TrustFile.model_json_schema(by_alias=True)
    # The absent member is no null one.
    schema["properties"]["predecessor"] = schema["properties"]["predecessor"]["anyOf"][0]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return head | schema
