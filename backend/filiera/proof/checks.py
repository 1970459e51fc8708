# SPDX-License-Identifier: Apache-2.0
"""The checks of one record, each a pure question to the evidence (docs/proof.md 10).

`RECORD_CHECKS` is the table to extend by: a check is a name and a function from a `Case`
to checks. Each asks one thing and trusts none of the others to have been asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from filiera.errors import InputError
from filiera.model.ids import ni_uri
from filiera.model.links import LinkType
from filiera.model.statement import RecordType, Statement, Step
from filiera.model.times import parse_instant, unix_microseconds, unix_seconds
from filiera.proof.entitlement import account_fault, required_role, role_fault
from filiera.proof.evidence import Evidence, Inclusion, Presented
from filiera.proof.facts import Account, Anchor, ChainFacts, Participant
from filiera.proof.jws import SignedRecord
from filiera.proof.merkle import path_length, root_from_path
from filiera.proof.verdict import Check, Relation, record_check

CLOCK_SLACK = 24 * 3600
"""Seconds by which a claimed instant may lie after the anchoring."""


@dataclass(frozen=True)
class Case:
    """One record that was read, with the facts that concern it.

    A fact is None when it was not read; `unread` is then the code that says why.
    """

    id: bytes
    relation: Relation
    presented: Presented
    statement: Statement
    facts: ChainFacts | None

    @property
    def signed(self) -> SignedRecord:
        """The record as parsed."""
        return self.presented.signed

    @property
    def inclusion(self) -> Inclusion | None:
        """Where it is said to be anchored."""
        return self.presented.inclusion

    @cached_property
    def anchor(self) -> Anchor | None:
        """The anchor slot that the inclusion names."""
        if self.inclusion is None or self.facts is None:
            return None
        return self.facts.anchors.get((self.inclusion.anchorer, self.inclusion.root))

    @cached_property
    def anchored(self) -> int | None:
        """The block time of the anchoring, if there is one."""
        anchor = self.anchor
        return anchor.time if anchor is not None and anchor.time else None

    @cached_property
    def account(self) -> Account | None:
        """The signer's account."""
        return None if self.facts is None else self.facts.accounts.get(self.signed.address)

    @cached_property
    def participant(self) -> Participant | None:
        """The participant that the signer's account belongs to."""
        account = self.account
        if self.facts is None or account is None or account.participant is None:
            return None
        return self.facts.participants.get(account.participant)

    def check(self, name: str, code: str, /, **params: str) -> Check:
        """A check about this record."""
        return Check(ni_uri(self.id), name, code, params)

    def unread(self, name: str, what: str) -> Check:
        """The check could not be made: the chain did not answer, or `what` was not presented."""
        if self.facts is None:
            return self.check(name, "chain-unreachable")
        return self.check(name, "fact-missing", what=what)


def open_record(
    listed: bytes, relation: Relation, presented: Presented | None, facts: ChainFacts | None
) -> tuple[Case | None, Check]:
    """Read a record: the integrity check, and the case if it can be read.

    Where an id is known, a wrong hash is disproven before anything is parsed.
    """
    if presented is None:
        return None, record_check(listed, "integrity", "record-missing")
    if presented.id != listed:
        return None, record_check(listed, "integrity", "record-hash-mismatch")
    try:
        statement = presented.admitted
    except InputError as error:
        code = "record-newer" if error.code == "record-type" else "record-malformed"
        return None, record_check(listed, "integrity", code, error=error.code)
    case = Case(listed, relation, presented, statement, facts)
    return case, record_check(listed, "integrity", "record-hash-ok")


def check_listed_as(case: Case) -> Check:
    """The record is of the kind under which another one lists it."""
    fits = case.statement.type in _LISTED_AS[case.relation]
    return case.check(
        "listed-as", "listed-as-ok" if fits else "listed-as-mismatch", relation=case.relation
    )


OWN_TYPES = frozenset({RecordType.DPP, RecordType.PRODUCT_STATEMENT})
_LISTED_AS: dict[Relation, frozenset[RecordType]] = {
    "own": OWN_TYPES,
    "step": frozenset({RecordType.DTE}),
    "claim": frozenset({RecordType.DCC}),
    "identity": frozenset({RecordType.DIA}),
    "successor": frozenset(RecordType),
    "alone": frozenset(RecordType),
}


def check_signature(case: Case) -> Check:
    """ES256K under the key that the header carries and the issuer's did:pkh commits to."""
    holds = case.presented.is_signed
    return case.check("signature", "signature-ok" if holds else "signature-invalid")


def check_inclusion(case: Case) -> Check:
    """The Merkle path leads to the root, in a tree of the size that the slot states."""
    if case.inclusion is None:
        return case.check("inclusion", "not-anchored-yet")
    anchor = case.anchor
    if anchor is None:
        return case.unread("inclusion", "the anchor")
    index, size, path = case.inclusion.index, anchor.count, case.inclusion.path
    if not 0 <= index < size or len(path) != path_length(index, size):
        return case.check("inclusion", "path-wrong-length", count=str(size))
    leads = root_from_path(case.id, index, size, path) == anchor.root
    return case.check("inclusion", "path-ok" if leads else "path-mismatch")


def check_anchor(case: Case) -> Check:
    """The root stands in the AnchorRegistry."""
    if case.inclusion is None:
        return case.check("anchor", "not-anchored-yet")
    anchor = case.anchor
    if anchor is None:
        return case.unread("anchor", "the anchor")
    return case.check("anchor", "anchor-ok" if anchor.time else "anchor-absent")


def check_account(case: Case) -> Check:
    """The signer's account was a participant's, with scope for records, at the anchoring."""
    if case.facts is not None and case.signed.chain_id != case.facts.chain_id:
        return case.check("account", "account-other-chain")
    account, anchored = case.account, case.anchored
    if account is None:
        return case.unread("account", "the account")
    if anchored is None:
        return _before_anchor(case, "account")
    return case.check("account", account_fault(account, anchored) or "account-ok")


def check_role(case: Case) -> Check:
    """The participant had the role that this statement needs, at the anchoring."""
    role = required_role(case.statement)
    if role is None:
        return case.check("role", "role-none")
    name = (role.name or "").lower()
    account, participant = case.account, case.participant
    if account is None:
        return case.unread("role", "the account")
    if case.anchored is None:
        return _before_anchor(case, "role")
    if account.participant is None:
        return case.check("role", "role-missing", role=name)
    if participant is None:
        return case.unread("role", "the participant")
    fault = role_fault(participant, role, case.anchored)
    return case.check("role", fault or "role-ok", role=name)


def claimed_at(statement: Statement) -> int | None:
    """When a step claims to have happened: whole seconds since 1970, rounded down."""
    if not isinstance(statement.said, Step):
        return None
    return unix_seconds(parse_instant(statement.said.date))


def check_time(case: Case) -> Check:
    """A claimed instant does not lie more than 24 hours after the anchoring."""
    if case.anchored is None:
        return _before_anchor(case, "time")
    said = case.statement.said
    # A slot can tell a later time than a date can, so both are counted in microseconds.
    latest = (case.anchored + CLOCK_SLACK) * 10**6
    late = isinstance(said, Step) and unix_microseconds(parse_instant(said.date)) > latest
    return case.check("time", "claimed-after-anchor" if late else "time-ok")


def check_documents(case: Case, evidence: Evidence) -> Iterator[Check]:
    """Every presented document has the hash that the record names."""
    for link in case.statement.links:
        actual = evidence.documents.get(link.digest)
        if link.kind is LinkType.DOCUMENT and actual is not None:
            same = actual == link.digest
            yield case.check(
                "document", "document-ok" if same else "document-hash-mismatch", name=link.name
            )


RECORD_CHECKS: tuple[tuple[str, Callable[[Case], Check]], ...] = (
    ("listed-as", check_listed_as),
    ("signature", check_signature),
    ("inclusion", check_inclusion),
    ("anchor", check_anchor),
    ("account", check_account),
    ("role", check_role),
    ("time", check_time),
)


def _before_anchor(case: Case, name: str) -> Check:
    """Nothing can be judged "at the anchoring" where none is known."""
    if case.inclusion is None:
        return case.check(name, "not-anchored-yet")
    anchor = case.anchor
    if anchor is None:
        return case.unread(name, "the anchor")
    return case.check(name, "anchor-absent")
