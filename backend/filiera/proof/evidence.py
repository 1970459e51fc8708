# SPDX-License-Identifier: Apache-2.0
"""What is laid before `verify`: records, where they are anchored, chain facts, documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from filiera.proof.facts import ChainFacts
from filiera.proof.jws import SignedRecord, parse_jws, record_id, signature_holds

if TYPE_CHECKING:
    from filiera.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where a record is said to be anchored: the slot's key, its leaf and the path to the root.

    The size of the tree is not here: it comes from the anchor slot (docs/proof.md 10).
    """

    anchorer: str
    root: bytes
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Presented:
    """A record as presented; `inclusion` is None while it is in no anchored batch.

    Reading is most of what a record costs, so it is read when it is first asked for, and once.
    All that is read depends on its bytes alone. The models that reading takes are imported
    with it: a file that holds no record is refused without them.
    """

    jws: bytes
    inclusion: Inclusion | None = None

    @cached_property
    def id(self) -> bytes:
        """The SHA-256 of the JWS."""
        return record_id(self.jws)

    @cached_property
    def signed(self) -> SignedRecord:
        """The JWS as parsed; raises InputError as `parse_jws` does."""
        return parse_jws(self.jws)

    @cached_property
    def statement(self) -> Statement:
        """What it says; raises InputError as `signed` and `statement_of` do."""
        from filiera.model.records import statement_of

        return statement_of(self.signed.payload)

    @cached_property
    def admitted(self) -> Statement:
        """`statement`, of a payload without refused members; raises as `check_members` too."""
        from filiera.model.refused import check_members

        check_members(self.signed.payload)
        return self.statement

    @cached_property
    def is_signed(self) -> bool:
        """Whether the signature holds; raises InputError as `signed` does."""
        return signature_holds(self.signed)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that a verdict about one product is made of.

    `own` is the id of the product's own record. `facts` is None when no chain answered.
    `documents` maps the SHA-256 that a record names to the SHA-256 of what was at hand
    under that name; a name that is missing was not presented.
    """

    own: bytes
    records: Mapping[bytes, Presented]
    facts: ChainFacts | None
    documents: Mapping[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trust:
    """What the verifier believes beforehand: which chain, and who founded it.

    `founders` are the participant ids of the founding associations. Online they come from
    the deployment file; a bundle's trust file adds seals, contracts and code.
    """

    chain_id: int
    genesis_hash: bytes
    founders: frozenset[bytes]
