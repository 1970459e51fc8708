# SPDX-License-Identifier: Apache-2.0
"""The sample carried out in memory: really signed, each round one tree, facts by hand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from hashlib import sha256

from filiera.model.base import Payload
from filiera.model.ids import did_pkh
from filiera.model.links import LinkType
from filiera.model.named import Named
from filiera.model.records import statement_of
from filiera.model.statement import Statement, Step
from filiera.proof.evidence import Evidence, Inclusion, Presented, Trust
from filiera.proof.facts import (
    Account,
    Anchor,
    AnchorKey,
    Block,
    ChainFacts,
    Entry,
    Participant,
    Status,
    StatusKind,
)
from filiera.proof.jws import record_id, sign_record
from filiera.proof.merkle import Tree
from filiera.proof.verdict import Verdict
from filiera.proof.verify import verify
from filiera.sample import Context, PlannedRecord, Sample, SampleProduct, build_sample
from filiera.sample.district import identity_key
from tests.support.world import CHAIN, GENESIS, Signer

NOW = 1_790_000_000
OPERATOR = Signer("operator").address


class SignedSample:
    """Every record signed in order, and what `verify` needs of a product."""

    def __init__(self, now: int = NOW) -> None:
        self.sample: Sample = build_sample(now)
        self.payloads: dict[str, Payload] = {}
        self.jws: dict[str, bytes] = {}
        self.ids: dict[str, bytes] = {}
        self._signers = {each.key: Signer(each.key) for each in self.sample.participants}
        issuers = {
            each.key: Named(did_pkh(CHAIN, self._signers[each.key].address), each.registered_name)
            for each in self.sample.participants
        }
        context = Context(CHAIN, now, issuers, self.ids)
        for record in self.plan:
            payload = record.build(context)
            self.payloads[record.key] = payload
            self.jws[record.key] = sign_record(payload, CHAIN, self._signers[record.signer])
            self.ids[record.key] = record_id(self.jws[record.key])

    @property
    def plan(self) -> tuple[PlannedRecord, ...]:
        """Every record in the order of signing."""
        return (*self.sample.identities, *self.sample.records)

    def statement(self, key: str) -> Statement:
        return statement_of(self.payloads[key])

    def steps(self, keys: Iterable[str]) -> dict[str, Step]:
        said = {key: self.statement(key).said for key in keys}
        return {key: each for key, each in said.items() if isinstance(each, Step)}

    @cached_property
    def participant_ids(self) -> dict[str, bytes]:
        return {each.key: self.ids[identity_key(each.key)] for each in self.sample.participants}

    def judge(self, product: SampleProduct) -> Verdict:
        """The verdict about a product, a minute after everything is anchored and revoked."""
        founder = self.participant_ids[self.sample.participants[0].key]
        trust = Trust(CHAIN, GENESIS, frozenset({founder}))
        return verify(self._evidence(product), trust, product.id)

    def _evidence(self, product: SampleProduct) -> Evidence:
        presented: dict[bytes, Presented] = {}
        anchors: dict[AnchorKey, Anchor] = {}
        for sequence, number in enumerate(sorted({each.anchor_round for each in self.plan}), 1):
            batch = [each.key for each in self.plan if each.anchor_round == number]
            tree = Tree([self.ids[key] for key in batch])
            for index, key in enumerate(batch):
                inclusion = Inclusion(OPERATOR, tree.root, index, tree.path(index))
                presented[self.ids[key]] = Presented(self.jws[key], inclusion)
            slot = Anchor(OPERATOR, tree.root, NOW + sequence, tree.size, sequence)
            anchors[OPERATOR, tree.root] = slot
        files = [file for each in self.plan for file in each.documents]
        digests = [sha256(file.data).digest() for file in files]
        return Evidence(
            own=self.ids[product.own],
            records=presented,
            facts=self._facts(anchors),
            documents={digest: digest for digest in digests},
        )

    def _facts(self, anchors: dict[AnchorKey, Anchor]) -> ChainFacts:
        founder = self.participant_ids[self.sample.participants[0].key]
        accounts, participants = {}, {}
        for each in self.sample.participants:
            address, holder = self._signers[each.key].address, self.participant_ids[each.key]
            accounts[address] = Account(address, holder, (Entry(NOW, NOW, int(each.scopes)),))
            participants[holder] = Participant(
                holder,
                founder,
                (Entry(NOW, NOW, holder),),
                (Entry(NOW, NOW, int(each.roles)),),
            )
        return ChainFacts(
            source="node",
            chain_id=CHAIN,
            genesis_hash=GENESIS,
            block=Block(100, sha256(b"block").digest(), NOW + 60),
            accounts=accounts,
            participants=participants,
            anchors=anchors,
            statuses=self._statuses(),
            findings=dict.fromkeys(self.ids.values(), ()),
        )

    def _statuses(self) -> dict[tuple[bytes, bytes], tuple[Status, ...]]:
        said = {(self.participant_ids[each.signer], self.ids[each.key]): () for each in self.plan}
        signers = {each.key: each.signer for each in self.plan}
        revoked = {}
        for each in self.sample.revocations:
            signer = signers[each.record]
            account = self._signers[signer].address
            status = Status(int(StatusKind.REVOKED), 3, NOW + 30, NOW + 30, account)
            revoked[self.participant_ids[signer], self.ids[each.record]] = (status,)
        return {**said, **revoked}

    def named_documents(self, key: str) -> set[bytes]:
        """The digests of the files that a record names."""
        links = self.statement(key).links
        return {link.digest for link in links if link.kind is LinkType.DOCUMENT}


@lru_cache(maxsize=1)
def signed_sample() -> SignedSample:
    """The sample of NOW, signed once for all tests."""
    return SignedSample()
