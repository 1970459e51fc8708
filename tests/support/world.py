# SPDX-License-Identifier: Apache-2.0
"""A small district in memory: firms, signed records, one anchored tree, chain facts.

For tests of pure code. Everything is really signed and really hashed; only the chain's
word is laid down by hand, which is what the tests then change.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

from coincurve import PrivateKey

from filiera.model.activities import activity
from filiera.model.builders import (
    Envelope,
    identity_anchor,
    make_event,
    move_event,
    passport,
    self_declaration,
)
from filiera.model.criteria import CriterionCode
from filiera.model.ids import did_pkh
from filiera.model.links import LinkType, RecordLink
from filiera.model.named import Classified, Named
from filiera.model.statement import Amount, Goods, Identity, OwnProduct, Place
from filiera.model.times import format_instant
from filiera.proof.evidence import Evidence, Inclusion, Presented, Trust
from filiera.proof.facts import (
    Account,
    Anchor,
    Block,
    ChainFacts,
    Entry,
    Participant,
    Role,
    Scope,
)
from filiera.proof.jws import address_of, record_id, sign_record
from filiera.proof.merkle import Tree

CHAIN = 952952
GENESIS = sha256(b"genesis").digest()
START = 1_790_000_000
"""When accounts and roles begin."""
ANCHORED = START + 10 * 86_400
NOW = ANCHORED + 86_400
GTIN = "https://id.gs1.org/01/09520000000028"
YARN = "https://id.gs1.org/01/09520000000011/10/YARN-1"
FABRIC = "https://id.gs1.org/01/09520000000035/10/FABRIC-1"
GARMENT = f"{GTIN}/10/LOT-1"
REPORT = b"a test report"


class Signer:
    """A key made from a name, so that every run signs alike."""

    def __init__(self, name: str) -> None:
        self._key = PrivateKey(sha256(name.encode()).digest())
        self.public_key = self._key.public_key.format(compressed=False)[1:]
        self.address = address_of(self.public_key)

    def sign_digest(self, digest: bytes) -> bytes:
        return self._key.sign_recoverable(digest, hasher=None)


@dataclass
class Firm:
    """A participant: its key, its name, its role; `id` once its identity record is signed.

    Its key follows from its name, unless it is told what from: two may have one name.
    """

    name: str
    role: Role
    id: bytes = b""
    key: str = ""

    @cached_property
    def signer(self) -> Signer:
        return Signer(self.key or self.name)

    @property
    def did(self) -> str:
        return did_pkh(CHAIN, self.signer.address)

    def envelope(self, name: str, **more: object) -> Envelope:
        return Envelope(
            id=uuid.uuid5(uuid.NAMESPACE_OID, self.name + name).urn,
            issuer=Named(self.did, self.name),
            name=name,
            valid_from=format_instant(ANCHORED - 3600),
            **more,  # type: ignore[arg-type]
        )


def firm_place(firm: Firm) -> Place:
    return Place("https://id.gs1.org/414/9520000000004", f"{firm.name} works", "IT")


def goods(product: str, kilos: int = 10) -> Goods:
    return Goods(product, product.rsplit("/", 1)[-1], "batch", Amount(Decimal(kilos), "KGM"))


@dataclass
class World:
    """Two steps (a make, a make), a claim, the garment's passport, and who stands behind them.

    `jws` holds every record by a short name; change it before `evidence()` is called and
    the tree follows.
    """

    association: Firm = field(default_factory=lambda: Firm("Associazione", Role.ASSOCIATION))
    mill: Firm = field(default_factory=lambda: Firm("Filatura", Role.PRODUCER))
    brand: Firm = field(default_factory=lambda: Firm("Marchio", Role.PRODUCER))
    jws: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for firm in self.firms:
            self.sign_identity(firm)
        self.jws["spin"] = self.sign(self.mill, self.spin())
        self.jws["weave"] = self.sign(self.brand, self.weave())
        self.jws["claim"] = self.sign(self.brand, self.claim())
        self.jws["own"] = self.sign(self.brand, self.own())

    @property
    def firms(self) -> tuple[Firm, ...]:
        return self.association, self.mill, self.brand

    @property
    def operator(self) -> str:
        return Signer("operator").address

    def sign(self, firm: Firm, payload: dict[str, object]) -> bytes:
        return sign_record(payload, CHAIN, firm.signer)

    def sign_identity(self, firm: Firm, enroller: Firm | None = None) -> None:
        enroller = enroller or self.association
        scheme = Named("https://registro.example/imprese", "Registro di prova")
        identity = Identity(firm.did, firm.name, f"ID-{firm.name}", scheme, "business")
        payload = identity_anchor(
            enroller.envelope(f"Identity of {firm.name}"), identity, registered_on="2020-01-01"
        )
        self.jws[firm.name] = self.sign(enroller, payload)
        firm.id = record_id(self.jws[firm.name])

    def id(self, name: str) -> bytes:
        return record_id(self.jws[name])

    def link(self, name: str, kind: LinkType) -> RecordLink:
        return RecordLink(kind, self.id(name), name)

    def spin(self, **changes: object) -> dict[str, object]:
        given: dict[str, object] = {
            "date": format_instant(ANCHORED - 7200),
            "activity": activity("spinning"),
            "inputs": [],
            "outputs": [goods(YARN)],
            "place": firm_place(self.mill),
            "links": [
                RecordLink(
                    LinkType.DOCUMENT, sha256(REPORT).digest(), "report.pdf", "application/pdf"
                )
            ],
        }
        return make_event(self.mill.envelope("Spinning"), **(given | changes))  # type: ignore[arg-type]

    def weave(self, **changes: object) -> dict[str, object]:
        given: dict[str, object] = {
            "date": format_instant(ANCHORED - 3600),
            "activity": activity("weaving"),
            "inputs": [goods(YARN), goods(FABRIC, 1)],
            "outputs": [goods(GARMENT, 9)],
            "place": firm_place(self.brand),
            "links": [self.link("spin", LinkType.INPUT)],
        }
        return make_event(self.brand.envelope("Weaving"), **(given | changes))  # type: ignore[arg-type]

    def move(self, lot: str, at: int) -> dict[str, object]:
        return move_event(
            self.brand.envelope("Transport"),
            date=format_instant(at),
            activity=activity("transport"),
            goods=[goods(lot)],
            origin=firm_place(self.mill),
            destination=firm_place(self.brand),
        )

    def claim(self) -> dict[str, object]:
        return self_declaration(
            self.brand.envelope("Short chain"),
            criteria=[CriterionCode.SHORT_SUPPLY_CHAIN],
            products=[Named(GARMENT, "Garment")],
            assessed_on="2026-09-01",
        )

    def own(self, **changes: object) -> dict[str, object]:
        links = [
            self.link("weave", LinkType.STEP),
            self.link("spin", LinkType.STEP),
            self.link("claim", LinkType.CLAIM),
        ]
        product = OwnProduct(
            product=str(changes.pop("product", GARMENT)),
            name="Garment",
            granularity="batch",
            country="IT",
            place=firm_place(self.brand),
            scheme=Named("https://id.gs1.org/01", "GS1 GTIN"),
            categories=(
                Classified(
                    "61",
                    "Knitted apparel",
                    Named("https://unstats.example/cpc", "CPC"),
                ),
            ),
        )
        envelope = self.brand.envelope("Passport", **changes)
        return passport(envelope, product, links=links)

    def trust(self) -> Trust:
        return Trust(CHAIN, GENESIS, frozenset({self.association.id}))

    def evidence(self) -> Evidence:
        """Everything anchored in one tree, with facts that prove all of it."""
        ids = [record_id(jws) for jws in self.jws.values()]
        tree = Tree(ids)
        records = {
            record: Presented(jws, Inclusion(self.operator, tree.root, i, tree.path(i)))
            for i, (record, jws) in enumerate(zip(ids, self.jws.values(), strict=True))
        }
        return Evidence(
            own=self.id("own"),
            records=records,
            facts=self.facts(tree, ids),
            documents={sha256(REPORT).digest(): sha256(REPORT).digest()},
        )

    def facts(self, tree: Tree, ids: list[bytes]) -> ChainFacts:
        anchor = Anchor(self.operator, tree.root, ANCHORED, tree.size, 1)
        return ChainFacts(
            source="node",
            chain_id=CHAIN,
            genesis_hash=GENESIS,
            block=Block(100, sha256(b"block").digest(), NOW),
            accounts={firm.signer.address: self.account(firm) for firm in self.firms},
            participants={firm.id: self.participant(firm) for firm in self.firms},
            anchors={(self.operator, tree.root): anchor},
            statuses={(firm.id, record): () for firm in self.firms for record in ids},
            findings=dict.fromkeys(ids, ()),
        )

    def account(self, firm: Firm) -> Account:
        scopes = Scope.RECORDS | Scope.STATUS
        return Account(firm.signer.address, firm.id, (Entry(START, START, int(scopes)),))

    def participant(self, firm: Firm) -> Participant:
        return Participant(
            firm.id,
            self.association.id,
            (Entry(START, START, firm.id),),
            (Entry(START, START, int(firm.role)),),
        )


def with_account(evidence: Evidence, firm: Firm, **changes: object) -> Evidence:
    """The evidence with other facts about a firm's account."""
    assert evidence.facts is not None
    account = replace(evidence.facts.accounts[firm.signer.address], **changes)  # type: ignore[arg-type]
    accounts = {**evidence.facts.accounts, account.address: account}
    return replace(evidence, facts=replace(evidence.facts, accounts=accounts))


def with_participant(evidence: Evidence, firm: Firm, **changes: object) -> Evidence:
    """The evidence with other facts about a firm."""
    assert evidence.facts is not None
    participant = replace(evidence.facts.participants[firm.id], **changes)  # type: ignore[arg-type]
    participants = {**evidence.facts.participants, participant.id: participant}
    return replace(evidence, facts=replace(evidence.facts, participants=participants))


def with_presented(evidence: Evidence, record: bytes, presented: Presented | None) -> Evidence:
    """The evidence with another copy of a record, or without it."""
    records = dict(evidence.records)
    if presented is None:
        del records[record]
    else:
        records[record] = presented
    return replace(evidence, records=records)
