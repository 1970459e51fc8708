# SPDX-License-Identifier: Apache-2.0
"""Some of those who seal, or nobody of them, seal what the others do not.

Everything under the seal is real: the state of the honest chain, in blocks that are made anew
under each kind of seal. So nothing but the seal decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from filiera.proof.header import Header, parse_header
from filiera.proof.rlp import decode, encode, from_int
from filiera.proof.trust import TrustFile
from tests.adversary.site import Site
from tests.adversary.verdicts import MARKS, Asked, Found, judge
from tests.support.blocks import made_header
from tests.support.seals import (
    FOUR,
    STRANGER,
    clique_chain,
    clique_header,
    operator_seal,
    qbft_header,
)
from tests.support.world import Signer

pytestmark = MARKS

A, B, C, D = FOUR
OTHERS = sorted((Signer(f"former validator {n}") for n in range(4)), key=lambda one: one.address)


def judged_as(
    honest: Site, kind: str, blocks: dict[str, Iterable[Header]], **seal: Any
) -> dict[str, Found]:
    """What is said of the honest bundle under each of these blocks, by who pins the four."""
    bundle, now = replace(honest.bundle(), operator_seal=None), honest.now
    trust = pinning(honest, kind, **seal)
    return judge(
        **{
            name: Asked(replace(bundle, headers=tuple(h.rlp for h in headers)), trust, now)
            for name, headers in blocks.items()
        }
    )


def pinning(honest: Site, kind: str, signers: Iterable[Signer] = FOUR, **seal: Any) -> TrustFile:
    """The honest trust file, with validators instead of its operator."""
    validators = tuple(sorted(each.address for each in signers))
    said = {"kind": kind, "validators": validators, "from_block": 0, **seal}
    changed = honest.trust.seal.model_copy(update=said)
    return honest.trust.model_copy(update={"seal": changed})


def block_of(honest: Site) -> dict[str, Any]:
    """The number, state and time of the newest block: what a made block is to have too."""
    header = parse_header(honest.bundle().headers[0])
    return {"number": header.number, "stateRoot": header.state_root, "timestamp": header.time}


def assert_never_proven(found: dict[str, Found], expected: dict[str, tuple[str, str]]) -> None:
    """Each has this outcome, by this one code and no other, and not a step counts."""
    said = {name: (each.outcome, *sorted(each.failing)) for name, each in found.items()}
    assert said == expected
    assert {each.steps_proven for each in found.values()} == {0}


def test_a_majority_of_cliques_validators_proves_and_no_minority_does(honest: Site) -> None:
    block = block_of(honest)
    found = judged_as(
        honest,
        "clique",
        {
            "three of four": clique_chain([A, B, C], **block),
            "a lone signer's header": clique_chain([A], **block),
            "a lone signer's chain": clique_chain([A] * 8, **block),
            "two of four": clique_chain([A, B], **block),
            "two of four in turns": clique_chain([A, B] * 4, **block),
        },
    )
    majority = found.pop("three of four")
    assert (majority.outcome, majority.seal) == ("proven", "sealed by 3 of 4 validators")
    assert_never_proven(
        found,
        {
            "a lone signer's header": ("unknown", "seal-too-few"),
            "a lone signer's chain": ("disproven", "seal-duplicate"),
            "two of four": ("unknown", "seal-too-few"),
            "two of four in turns": ("disproven", "seal-duplicate"),
        },
    )


def test_a_minority_fork_gets_no_help_from_strangers_or_from_honest_blocks(honest: Site) -> None:
    block = block_of(honest)
    honest_blocks = clique_chain(FOUR, block["number"], stateRoot=b"\2" * 32)
    fork = clique_chain([A, B], **block)
    relabelled = clique_header(C, **(block | {"number": block["number"] + 2}))
    listed = [each.address for each in (A, B, STRANGER)]
    epoch = clique_header(A, listed, **block)
    found = judged_as(
        honest,
        "clique",
        {
            "a stranger for the third": clique_chain([A, B, STRANGER], **block),
            "a stranger behind": clique_chain([A, B, C, STRANGER], **block),
            "the honest chain's blocks behind": (*fork, honest_blocks[2]),
            "a third's block that follows another": (*fork, relabelled),
            "the third's block beside": (fork[0], fork[1], clique_header(C, **block)),
            "its own list of validators": on_top(epoch, [B, STRANGER]),
            "its own list, and three of four": on_top(epoch, [B, C]),
            "nobody's seal": [made_header(extraData=bytes(97), **block)],
            "no seal": [made_header(extraData=bytes(32), **block)],
        },
    )
    assert_never_proven(
        found,
        {
            "a stranger for the third": ("disproven", "seal-foreign"),
            "a stranger behind": ("disproven", "seal-foreign"),
            "the honest chain's blocks behind": ("disproven", "header-unlinked"),
            "a third's block that follows another": ("disproven", "header-unlinked"),
            "the third's block beside": ("disproven", "header-unlinked"),
            "its own list of validators": ("disproven", "seal-foreign"),
            "its own list, and three of four": ("unknown", "seal-mismatch"),
            "nobody's seal": ("disproven", "seal-foreign"),
            "no seal": ("unknown", "seal-malformed"),
        },
    )


def on_top(first: Header, makers: Iterable[Signer]) -> list[Header]:
    """A header, and one by each maker after it."""
    headers = [first]
    for maker in makers:
        before = headers[-1]
        headers.append(clique_header(maker, number=before.number + 1, parentHash=before.hash))
    return headers


def test_former_and_other_validators_prove_nothing(honest: Site) -> None:
    block = block_of(honest)
    after = block["number"] + 1
    clique, qbft = clique_chain(OTHERS[:3], **block), [qbft_header(OTHERS, **block)]
    assert_never_proven(
        judged_as(honest, "clique", {"clique": clique}) | judged_as(honest, "qbft", {"qbft": qbft}),
        {"clique": ("disproven", "seal-foreign"), "qbft": ("disproven", "seal-foreign")},
    )
    early = {"three of four": clique_chain([A, B, C], **block)}
    assert_never_proven(
        judged_as(honest, "clique", early, from_block=after),
        {"three of four": ("unknown", "seal-older-set")},
    )


def test_a_quorum_of_qbfts_validators_proves_and_nothing_less_or_else(honest: Site) -> None:
    block = block_of(honest)
    addresses = [each.address for each in FOUR]
    other_block = qbft_header(FOUR, addresses, **(block | {"stateRoot": b"\2" * 32}))
    borrowed = made_header(extraData=other_block.extra, **block)
    found = judged_as(
        honest,
        "qbft",
        {
            "three of four": [qbft_header([A, B, C], addresses, **block)],
            "nobody": [qbft_header([], addresses, **block)],
            "a lone signer": [qbft_header([A], addresses, **block)],
            "two of four": [qbft_header([A, B], addresses, **block)],
            "one of two twice": [qbft_header([A, B, B], addresses, **block)],
            "two and a stranger": [qbft_header([A, B, STRANGER], addresses, **block)],
            "three and a stranger": [qbft_header([A, B, C, STRANGER], addresses, **block)],
            "a list of their own": [qbft_header([A, B], [A.address, B.address], **block)],
            "three, and a list of their own": [qbft_header([A, B, C], addresses[:3], **block)],
            "another block's seals": [borrowed],
            "another round's seals": [in_round(qbft_header(FOUR, addresses, **block), 1, block)],
        },
    )
    quorum = found.pop("three of four")
    assert (quorum.outcome, quorum.seal) == ("proven", "sealed by 3 of 4 validators")
    assert_never_proven(
        found,
        {
            "nobody": ("unknown", "seal-too-few"),
            "a lone signer": ("unknown", "seal-too-few"),
            "two of four": ("unknown", "seal-too-few"),
            "one of two twice": ("disproven", "seal-duplicate"),
            "two and a stranger": ("disproven", "seal-foreign"),
            "three and a stranger": ("disproven", "seal-foreign"),
            "a list of their own": ("unknown", "seal-mismatch"),
            "three, and a list of their own": ("unknown", "seal-mismatch"),
            "another block's seals": ("disproven", "seal-foreign"),
            "another round's seals": ("disproven", "seal-foreign"),
        },
    )


def in_round(header: Header, number: int, block: dict[str, Any]) -> Header:
    """The header with its seals, said to be of another round."""
    items = decode(header.extra)
    assert isinstance(items, list)
    return made_header(extraData=encode([*items[:3], from_int(number), items[4]]), **block)


def test_an_operators_seal_by_another_key_or_for_another_block_or_chain_proves_nothing(
    honest: Site,
) -> None:
    """The operator's own seal is tried in `test_strangers.py`, beside a stranger's."""
    bundle, trust, now = honest.bundle(), honest.trust, honest.now
    header, own = parse_header(bundle.headers[0]), honest.operator
    elsewhere = trust.model_copy(update={"chain_id": trust.chain_id + 1})
    begun_anew = trust.model_copy(update={"genesis_hash": "0x" + "22" * 32})
    earlier = parse_header(honest.bundle(at=honest.ledger.block(header.number - 1)).headers[0])
    seals = {
        "own": operator_seal(header, trust, own),
        "another key's": operator_seal(header, trust, STRANGER),
        "for another block": operator_seal(earlier, trust, own),
        "for another chain": operator_seal(header, elsewhere, own),
        "for a chain begun anew": operator_seal(header, begun_anew, own),
        "a transaction's": own.sign_digest(header.hash),
    }
    found = judge(
        **{
            name: Asked(replace(bundle, operator_seal=seal), trust, now)
            for name, seal in seals.items()
        }
    )
    assert seals["own"] == bundle.operator_seal
    assert found.pop("own").outcome == "proven"
    assert_never_proven(found, dict.fromkeys(found, ("disproven", "seal-foreign")))


def test_the_kind_of_seal_is_the_trust_files_and_never_the_headers(honest: Site) -> None:
    bundle, block = honest.bundle(), block_of(honest)
    headers = {
        "operator": bundle.headers,
        "clique": tuple(each.rlp for each in clique_chain([A, B, C], **block)),
        "qbft": (qbft_header(FOUR, **block).rlp,),
    }
    trusts = {
        "operator": honest.trust,
        "clique": pinning(honest, "clique"),
        "qbft": pinning(honest, "qbft"),
    }
    found = judge(
        **{
            f"{sealed}, {pinned}": Asked(
                replace(
                    bundle,
                    headers=headers[sealed],
                    operator_seal=bundle.operator_seal if sealed == "operator" else None,
                ),
                trust,
                honest.now,
            )
            for sealed in headers
            for pinned, trust in trusts.items()
        }
    )
    proven = {name for name, said in found.items() if said.outcome == "proven"}
    assert proven == {"operator, operator", "clique, clique", "qbft, qbft"}
