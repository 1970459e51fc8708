# SPDX-License-Identifier: Apache-2.0
"""`verify_bundle`: the verdict about a bundle by a pinned trust file alone (docs/proof.md).

Pure: no clock, no network, no database. From the sealed header to the contracts' code and
storage; from proven storage to the very facts that a node would give; then the same checks
as online. What is in a bundle and was not needed is refused, so that no file carries what
no check binds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from filiera.errors import InputError
from filiera.proof.block import block_checks
from filiera.proof.bundle import Bundle
from filiera.proof.evidence import Evidence, Presented
from filiera.proof.facts import Block, ChainFacts
from filiera.proof.header import Header, parse_header
from filiera.proof.sealing import SealAnswer, Sealed
from filiera.proof.seals import check_seal
from filiera.proof.storage import ProvenState, facts_from_storage, open_state
from filiera.proof.trie import NodePool
from filiera.proof.trust import TrustFile
from filiera.proof.verdict import ONE_OPERATOR, PASSPORT, Check, Verdict, with_ground
from filiera.proof.verify import verify
from filiera.proof.wanted import ReadRecord, Wanted, read_wanted, readable, wanted

WITHHELD: Final = "those whose word it rests on"
"""What is missing where a fact that is to be read is not there."""


def verify_bundle(
    bundle: Bundle,
    trust: TrustFile,
    now: int,
    *,
    subject: str | None = None,
    documents: Mapping[bytes, bytes] | None = None,
    max_age: int | None = None,
) -> Verdict:
    """The verdict about a bundle at `now` (seconds since 1970 UTC).

    `subject` is the product that the reader means, by default the one that the bundle's own
    record speaks of; `documents` as in `Evidence`; `max_age` in seconds tightens the trust
    file's. Raises InputError for a header, node or record that is none at all.
    """
    records = by_id(bundle.records)
    headers = tuple(parse_header(each) for each in bundle.headers)
    seal = check_seal(Sealed(headers, bundle.operator_seal), trust)
    pool = NodePool.of(bundle.nodes)
    state = open_state(headers[0].state_root, trust, pool)
    block = Block(headers[0].number, seal.block_hash, headers[0].time)
    read = readable(records.values())
    facts = _facts(state, trust, block, read.values())
    own = bundle.records[0].id
    evidence = Evidence(own, records, facts, documents or {})
    product = subject or (read[own].statement.subject if own in read else "")
    verdict = verify(evidence, trust.trust, product)
    whole = Check(PASSPORT, "bundle", _surplus(bundle, records, verdict, seal, pool, headers))
    if whole.code == "bundle-ok" and wanted(read.values(), facts):
        # No other check may have needed it: who leaves it out would have a say in the verdict.
        whole = Check(PASSPORT, "bundle", "fact-missing", {"what": WITHHELD})
    checks = (*block_checks(headers[0], trust, seal, state, now, max_age), whole)
    return with_ground(verdict, checks, _words(seal, trust))


def proven_facts(bundle: Bundle, trust: TrustFile) -> ChainFacts:
    """The facts that a bundle's storage proves, whatever its records are worth.

    They are the chain's own only if the checks "seal" and "state" of `verify_bundle` are proven.
    Raises as it does.
    """
    headers = tuple(parse_header(each) for each in bundle.headers)
    seal = check_seal(Sealed(headers, bundle.operator_seal), trust)
    state = open_state(headers[0].state_root, trust, NodePool.of(bundle.nodes))
    block = Block(headers[0].number, seal.block_hash, headers[0].time)
    return _facts(state, trust, block, readable(bundle.records).values())


def by_id(records: Iterable[Presented]) -> dict[bytes, Presented]:
    """A bundle's records by their ids; raises InputError for one that is there twice."""
    found: dict[bytes, Presented] = {}
    for number, presented in enumerate(records):
        if presented.id in found:
            raise InputError(
                "bundle-malformed", "A record is there twice.", where=f"records[{number}]"
            )
        found[presented.id] = presented
    return found


def _facts(
    state: ProvenState, trust: TrustFile, block: Block, records: Iterable[ReadRecord]
) -> ChainFacts:
    """What storage proves of everything that a verdict about these records needs."""

    def read(keys: Wanted) -> ChainFacts:
        return facts_from_storage(
            state,
            trust,
            block,
            accounts=keys.accounts,
            participants=keys.participants,
            anchors=keys.anchors,
            statuses=keys.statuses,
            findings=keys.findings,
        )

    return read_wanted(records, read(Wanted()), read)


def _surplus(
    bundle: Bundle,
    records: Mapping[bytes, Presented],
    verdict: Verdict,
    seal: SealAnswer,
    pool: NodePool,
    headers: tuple[Header, ...],
) -> str:
    """The code for whether everything in the bundle was needed, each thing in its place."""
    asked = [record for record in verdict.asked if record in records]
    if list(records) != asked:
        return "bundle-surplus" if set(records) != set(asked) else "bundle-order"
    if len(headers) != seal.headers or (bundle.operator_seal is not None) != seal.operator_seal:
        return "bundle-surplus"
    if pool.unused or len(pool.nodes) != len(bundle.nodes):
        return "bundle-surplus"
    return "bundle-ok" if list(pool.nodes) == sorted(pool.nodes) else "bundle-order"


def _words(seal: SealAnswer, trust: TrustFile) -> str:
    """What the chain rests on, in the words of the last line; English in every locale."""
    if trust.seal.kind == "operator":
        return ONE_OPERATOR
    return f"sealed by {len(seal.signers)} of {len(trust.seal.validators)} validators"
