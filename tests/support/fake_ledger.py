# SPDX-License-Identifier: Apache-2.0
"""A ledger that holds facts in memory: for faults, and for fast tests of what stands on one.

It keeps the port's promises (ports/ledger.py) and as much of the contracts' rules as those
tests need; what the contracts really do is tested on a real chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from coincurve import PublicKey

from filiera.adapters.ledger.eip712 import instruction_digest, status_domain
from filiera.errors import ConflictError, NotFoundError, UnavailableError
from filiera.ports.ledger import AnchorReceipt, ChainIdentity, StateProof, StatusInstruction
from filiera.proof.facts import (
    Account,
    Accreditation,
    AccreditationKey,
    Anchor,
    AnchorKey,
    Block,
    ChainFacts,
    Entry,
    Finding,
    Participant,
    Scope,
    Status,
    StatusKey,
    StatusKind,
    state_at,
)
from filiera.proof.jws import address_of
from filiera.proof.trust import TrustFile

BLOCK_TIME = 2
STATUS_REGISTRY = "0x" + "57" * 20


@dataclass
class FakeLedger:
    """One chain. While `down`, every call raises `UnavailableError`.

    Facts are as of the newest block, whatever block is asked for: nothing here looks back.
    Change them and `mine`: as on any chain, a block's facts are its own for good, and whoever
    read them at it need not ask again.
    """

    chain_id: int
    genesis_hash: bytes
    founder: bytes
    operator: str
    time: int
    down: bool = False
    number: int = 100
    accounts: dict[str, Account] = field(default_factory=dict)
    participants: dict[bytes, Participant] = field(default_factory=dict)
    anchors: dict[AnchorKey, Anchor] = field(default_factory=dict)
    receipts: dict[bytes, AnchorReceipt] = field(default_factory=dict)
    statuses: dict[StatusKey, tuple[Status, ...]] = field(default_factory=dict)
    findings: dict[bytes, tuple[Finding, ...]] = field(default_factory=dict)
    accreditations: dict[AccreditationKey, tuple[Entry[Accreditation], ...]] = field(
        default_factory=dict
    )
    nonces: dict[str, int] = field(default_factory=dict)
    prover: Callable[[ChainFacts, TrustFile], StateProof] | None = None

    def identity(self) -> ChainIdentity:
        self._require_up()
        contracts = (("AnchorRegistry", "0x" + "a0" * 20), ("StatusRegistry", STATUS_REGISTRY))
        return ChainIdentity(
            self.chain_id, self.genesis_hash, contracts, self.founder, self.operator
        )

    def head(self) -> Block:
        return self.block(self.number)

    def block(self, number: int) -> Block:
        self._require_up()
        if not 0 <= number <= self.number:
            raise NotFoundError("block-not-found", f"There is no block {number}.")
        age = (self.number - number) * BLOCK_TIME
        return Block(number, sha256(b"block %d" % number).digest(), self.time - age)

    def mine(self) -> Block:
        self.number += 1
        self.time += BLOCK_TIME
        return self.head()

    def anchor(self, root: bytes, count: int, manifest: bytes) -> AnchorReceipt:
        self._require_up()
        if (self.operator, root) in self.anchors:
            raise ConflictError("chain-refused", "AlreadyAnchored")
        sequence = 1 + sum(each.count for each in self.anchors.values())
        block = self.mine()
        slot = Anchor(self.operator, root, block.time, count, sequence)
        self.anchors[self.operator, root] = slot
        receipt = AnchorReceipt(slot, sha256(b"transaction" + root).digest(), block)
        self.receipts[root] = receipt
        return receipt

    def find_anchor(self, root: bytes) -> AnchorReceipt | None:
        self._require_up()
        return self.receipts.get(root)

    def read(
        self,
        block: Block,
        *,
        accounts: Iterable[str] = (),
        participants: Iterable[bytes] = (),
        anchors: Iterable[AnchorKey] = (),
        statuses: Iterable[StatusKey] = (),
        accreditations: Iterable[AccreditationKey] = (),
        findings: Iterable[bytes] = (),
    ) -> ChainFacts:
        self._require_up()
        return ChainFacts(
            source="node",
            chain_id=self.chain_id,
            genesis_hash=self.genesis_hash,
            block=block,
            accounts={each: self.accounts.get(each, Account(each, None)) for each in accounts},
            participants={
                each: self.participants.get(each, Participant(each, None)) for each in participants
            },
            anchors={key: self.anchors.get(key, Anchor(*key, 0, 0, 0)) for key in anchors},
            statuses={key: self.statuses.get(key, ()) for key in statuses},
            accreditations={key: self.accreditations.get(key, ()) for key in accreditations},
            findings={record: self.findings.get(record, ()) for record in findings},
        )

    def provable(self, trust: TrustFile) -> Block:
        return self.head()

    def prove(self, facts: ChainFacts, trust: TrustFile) -> StateProof:
        """Nothing is proven of what was never stored; tests/support/proving.py stores it."""
        self._require_up()
        if self.prover is not None:
            return self.prover(facts, trust)
        raise UnavailableError("chain-unreachable", "This chain keeps no state.", part="chain")

    def status_nonce(self, account: str) -> int:
        self._require_up()
        return self.nonces.get(account, 0)

    def relay_status(self, instruction: StatusInstruction) -> Block:
        self._require_up()
        fault = self._fault(instruction)
        if fault:
            raise ConflictError("chain-refused", fault)
        block = self.mine()
        said = instruction
        effective = said.effective or block.time
        successor = said.successor if any(said.successor) else None
        entry = Status(said.kind, said.reason, block.time, effective, said.account, successor)
        key = (said.participant, said.record)
        self.statuses[key] = (*self.statuses.get(key, ()), entry)
        self.nonces[said.account] = said.nonce + 1
        return block

    def _fault(self, said: StatusInstruction) -> str | None:
        account = self.accounts.get(said.account, Account(said.account, None))
        scopes = state_at(account.scopes, self.time) or 0
        if account.participant != said.participant or not scopes & Scope.STATUS:
            return "ScopeMissing"
        if said.nonce != self.nonces.get(said.account, 0):
            return "InvalidAccountNonce"
        if said.deadline < self.time:
            return "Expired"
        domain = status_domain(self.chain_id, STATUS_REGISTRY)
        if _signer(said, instruction_digest(said, domain)) != said.account:
            return "SignatureInvalid"
        history = self.statuses.get((said.participant, said.record), ())
        last = history[-1].kind if history else StatusKind.RESUMED
        if last in (StatusKind.REVOKED, StatusKind.SUPERSEDED):
            return "StatusFinal"
        if said.kind == StatusKind.RESUMED and last != StatusKind.SUSPENDED:
            return "NotSuspended"
        return None

    def _require_up(self) -> None:
        if self.down:
            raise UnavailableError("chain-unreachable", "The chain is down.", part="chain")


def _signer(said: StatusInstruction, digest: bytes) -> str | None:
    signature = said.signature[:64] + bytes([said.signature[64] % 27])
    try:
        key = PublicKey.from_signature_and_message(signature, digest, hasher=None)
    except ValueError:
        return None
    return address_of(key.format(compressed=False)[1:])
