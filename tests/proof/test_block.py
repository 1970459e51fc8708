# SPDX-License-Identifier: Apache-2.0
"""A block counts when those whom the trust file pins sealed it, and is recent enough."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, get_args

import pytest
from eth_hash.auto import keccak
from hypothesis import given
from hypothesis import strategies as st
from trie import HexaryTrie

from filiera.errors import InputError
from filiera.proof.block import SLACK, block_checks, check_age
from filiera.proof.header import Header, parse_header
from filiera.proof.jws import ORDER
from filiera.proof.reasons import REASONS, Outcome
from filiera.proof.rlp import Item, encode
from filiera.proof.sealing import SealAnswer, Sealed
from filiera.proof.seals import SEALS, check_seal
from filiera.proof.storage import ProvenState, open_state
from filiera.proof.trie import NodePool
from filiera.proof.trust import SealName, TrustFile
from tests.support.blocks import made_header
from tests.support.reasons import OF_BLOCKS
from tests.support.seals import (
    FOUR,
    STRANGER,
    clique_chain,
    clique_header,
    operator_seal,
    qbft_header,
    trusting,
)
from tests.support.trust import contracts, trust
from tests.support.world import Signer

OPERATOR = FOUR[0]
ONE = trusting("operator", [OPERATOR])
CLIQUE, QBFT = trusting("clique"), trusting("qbft")
BLOCK = made_header()
ADDRESSES = tuple(each.address for each in FOUR)
NOW = BLOCK.time + 60


def operator(header: Header = BLOCK, trusted: TrustFile = ONE, by: Any = OPERATOR) -> SealAnswer:
    return check_seal(Sealed((header,), operator_seal(header, trusted, by)), trusted)


def clique(*headers: Header, trusted: TrustFile = CLIQUE) -> SealAnswer:
    return check_seal(Sealed(headers), trusted)


def qbft(header: Header, trusted: TrustFile = QBFT) -> SealAnswer:
    return check_seal(Sealed((header,)), trusted)


# What holds


def test_the_operator_s_seal_is_one_operator_s_word() -> None:
    answer = operator()
    assert (answer.code, answer.signers) == ("seal-operator-ok", (OPERATOR.address,))
    assert answer.operator_seal
    assert answer.block_hash == BLOCK.hash


def test_a_majority_that_built_on_the_block_seals_it() -> None:
    headers = clique_chain(FOUR[:3])
    answer = clique(*headers)
    assert (answer.code, answer.headers) == ("seal-majority-ok", 3)
    assert answer.params == {"signers": "3", "validators": "4", "needed": "3"}
    assert answer.block_hash == headers[0].hash


def test_headers_beyond_the_majority_are_judged_but_are_surplus() -> None:
    headers = clique_chain([*FOUR, *FOUR])
    answer = clique(*headers)
    assert (answer.code, answer.headers) == ("seal-majority-ok", 3)
    foreign = clique_chain([*FOUR, STRANGER])
    assert clique(*foreign).code == "seal-foreign"


def test_an_epoch_s_header_lists_the_validators_that_are_pinned() -> None:
    headers = clique_chain(FOUR[1:], listed=ADDRESSES)
    assert clique(*headers).code == "seal-majority-ok"


@pytest.mark.parametrize("listed", [(), ADDRESSES])
@pytest.mark.parametrize("round_", [0, 3])
def test_a_quorum_that_committed_to_the_block_seals_it(listed: Any, round_: int) -> None:
    header = qbft_header(FOUR[1:], listed, round_=round_)
    answer = qbft(header)
    assert answer.code == "seal-ok"
    assert answer.params == {"signers": "3", "validators": "4", "needed": "3"}
    # Neither round nor seals are part of its name.
    assert answer.block_hash == qbft(qbft_header(FOUR, listed)).block_hash
    assert answer.headers == 1


def test_a_block_that_the_file_pins_needs_no_seal() -> None:
    pinned = trusting("operator", [OPERATOR], pinnedBlocks=["0x" + BLOCK.hash.hex()])
    answer = check_seal(Sealed((BLOCK,)), pinned)
    assert (answer.code, answer.operator_seal) == ("seal-pinned-ok", False)
    older = pinned.model_copy(update={"seal": pinned.seal.model_copy(update={"from_block": 17})})
    assert check_seal(Sealed((BLOCK,)), older).code == "seal-pinned-ok"
    assert check_seal(Sealed((made_header(number=9),)), pinned).code == "seal-missing"


def test_a_kind_has_a_check_and_a_check_has_a_kind() -> None:
    assert set(SEALS) == set(get_args(SealName))


# What does not


def altered(header: Header) -> Header:
    """The header with another state root, its seals as they were."""
    items: list[Item] = [*header.fields]
    items[3] = bytes(32)
    return parse_header(encode(items))


def high_s(seal: bytes) -> bytes:
    """The other signature of the same key over the same digest."""
    s = ORDER - int.from_bytes(seal[32:64], "big")
    return seal[:32] + s.to_bytes(32, "big") + bytes([1 - seal[64]])


FOREIGN_OPERATOR: dict[str, Callable[[bytes], bytes]] = {
    "an altered seal": lambda seal: bytes([seal[0] ^ 1]) + seal[1:],
    "a seal of high s": high_s,
    "a seal with another v": lambda seal: seal[:64] + bytes([1 - seal[64]]),
    "a seal with a v of Ethereum's transactions": lambda seal: seal[:64] + bytes([seal[64] + 27]),
    "a seal with r of zero": lambda seal: bytes(32) + seal[32:],
    "a seal with s of zero": lambda seal: seal[:32] + bytes(32) + seal[64:],
    "a seal with r of the order": lambda seal: ORDER.to_bytes(32, "big") + seal[32:],
    "a seal that is too short": lambda seal: seal[:64],
    "a seal that is too long": lambda seal: seal + b"\0",
    "no byte of a seal": lambda seal: b"",
}


@pytest.mark.parametrize("what", FOREIGN_OPERATOR)
def test_nothing_but_the_operator_s_one_signature_is_its_seal(what: str) -> None:
    seal = FOREIGN_OPERATOR[what](operator_seal(BLOCK, ONE, OPERATOR))
    assert check_seal(Sealed((BLOCK,), seal), ONE).code == "seal-foreign"


def test_the_operator_s_seal_is_of_one_chain_and_one_block() -> None:
    seal = operator_seal(BLOCK, ONE, OPERATOR)
    for other in (
        trusting("operator", [OPERATOR], chainId=1),
        trusting("operator", [OPERATOR], genesisHash="0x" + "02" * 32),
    ):
        assert check_seal(Sealed((BLOCK,), seal), other).code == "seal-foreign"
    assert check_seal(Sealed((made_header(number=17),), seal), ONE).code == "seal-foreign"


STRUCTURE = [b"", encode(b""), encode([]), encode([b""] * 5), bytes(96)]


@pytest.mark.parametrize("extra", STRUCTURE)
@pytest.mark.parametrize("trusted", [CLIQUE, QBFT], ids=["clique", "qbft"])
def test_a_header_without_such_seals_could_not_be_checked(extra: bytes, trusted: TrustFile) -> None:
    header = made_header(extraData=extra)
    answer = check_seal(Sealed((header,)), trusted)
    assert answer.code in {"seal-malformed", "seal-foreign"}
    assert answer.code == "seal-malformed" or trusted is CLIQUE


def test_a_lone_signer_or_a_minority_is_too_few() -> None:
    for makers in (FOUR[:1], FOUR[:2]):
        answer = clique(*clique_chain(makers))
        assert answer.code == "seal-too-few"
        assert answer.headers == len(makers)
    assert clique(*clique_chain([FOUR[0], FOUR[0], FOUR[0]])).code == "seal-duplicate"


@pytest.mark.parametrize(("pinned", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4)])
def test_more_than_half_is_a_majority(pinned: int, needed: int) -> None:
    signers = [Signer(f"of many {n}") for n in range(pinned)]
    trusted = trusting("clique", signers)
    assert clique(*clique_chain(signers[:needed]), trusted=trusted).code == "seal-majority-ok"
    if needed > 1:
        few = clique(*clique_chain(signers[: needed - 1]), trusted=trusted)
        assert few.code == "seal-too-few"


def faults() -> dict[str, tuple[str, Callable[[], str]]]:
    """What is wrong -> (the code that says so, how it comes about)."""
    stranger = [*FOUR[:2], STRANGER]
    one, two, three = clique_chain(FOUR[:3])
    return {
        "an operator that is not pinned": ("seal-foreign", lambda: operator(by=STRANGER).code),
        "no operator's seal": ("seal-missing", lambda: check_seal(Sealed((BLOCK,)), ONE).code),
        "a stranger's block": ("seal-foreign", lambda: clique(*clique_chain(stranger)).code),
        "a maker twice": (
            "seal-duplicate",
            lambda: clique(*clique_chain([FOUR[0], FOUR[1], FOUR[0]])).code,
        ),
        "headers in another order": ("header-unlinked", lambda: clique(one, three, two).code),
        "a header left out": ("header-unlinked", lambda: clique(one, three).code),
        "a header twice": ("header-unlinked", lambda: clique(one, one, two).code),
        "headers of two branches": (
            "header-unlinked",
            lambda: clique(one, clique_chain(FOUR[1:3], number=17)[0]).code,
        ),
        "an altered state under clique": (
            "header-unlinked",
            lambda: clique(altered(one), two, three).code,
        ),
        "another number": (
            "header-unlinked",
            lambda: clique(one, clique_header(FOUR[1], number=18, parentHash=one.hash)).code,
        ),
        "other validators in an epoch's header": (
            "seal-mismatch",
            lambda: clique(*clique_chain(FOUR[:3], listed=ADDRESSES[:3])).code,
        ),
        "a committed seal of a stranger": (
            "seal-foreign",
            lambda: qbft(qbft_header([*FOUR[:3], STRANGER])).code,
        ),
        "a committed seal twice": (
            "seal-duplicate",
            lambda: qbft(qbft_header([*FOUR[:3], FOUR[0]])).code,
        ),
        "no quorum": ("seal-too-few", lambda: qbft(qbft_header(FOUR[:2])).code),
        "no seal at all": ("seal-too-few", lambda: qbft(qbft_header([])).code),
        "an altered state under qbft": (
            "seal-foreign",
            lambda: qbft(altered(qbft_header(FOUR[:3]))).code,
        ),
        "other validators in the header": (
            "seal-mismatch",
            lambda: qbft(qbft_header(FOUR[:3], ADDRESSES[:3])).code,
        ),
        "validators in another order": (
            "seal-mismatch",
            lambda: qbft(qbft_header(FOUR[:3], ADDRESSES[::-1])).code,
        ),
        "no extraData of QBFT": ("seal-malformed", lambda: qbft(BLOCK).code),
        "a block from before the set": (
            "seal-older-set",
            lambda: qbft(qbft_header(FOUR), trusting("qbft", fromBlock=17)).code,
        ),
        "no contract at the address": ("contract-absent", lambda: state_of({}).code),
        "other code": ("code-mismatch", lambda: state_of(standing(code=b"\3" * 32)).code),
        "another layout": ("layout-unknown", lambda: state_of(standing(), "0x" + "04" * 32).code),
        "an old block": ("header-too-old", lambda: check_age(BLOCK, aged(), NOW + DAY)),
        "a block before the first": (
            "header-below-minimum",
            lambda: check_age(BLOCK, trust(minimumBlock=17), NOW),
        ),
        "a block that is yet to come": (
            "header-in-future",
            lambda: check_age(BLOCK, trust(), BLOCK.time - SLACK - 1),
        ),
    }


DAY = 86_400


def aged() -> TrustFile:
    return trust(maximumAge=DAY)


def standing(code: bytes = b"\2" * 32) -> dict[str, list[Item]]:
    """Accounts for the four contracts of a trust file, with that code."""
    return {each["address"]: [b"\1", b"", bytes(32), code] for each in contracts().values()}


def state_of(accounts: dict[str, list[Item]], layout: str | None = None) -> ProvenState:
    """What is opened of a state that holds these accounts and no other."""
    tree = HexaryTrie({}, prune=True)
    for address, account in accounts.items():
        tree[keccak(bytes.fromhex(address[2:]))] = encode(account)
    named = contracts()
    if layout is not None:
        named["AnchorRegistry"]["layout"] = layout
    pool = NodePool.of(tree.db.values())
    return open_state(tree.root_hash, trust(contracts=[named]), pool)


FAULTS = faults()


@pytest.mark.parametrize("what", FAULTS)
def test_one_thing_that_is_wrong_with_a_block_is_said_by_its_code(what: str) -> None:
    code, made = FAULTS[what]
    assert made() == code
    assert REASONS[code].outcome is not Outcome.PROVEN


def test_every_reason_about_a_block_is_made_to_happen_here() -> None:
    assert {code for code, _ in FAULTS.values()} == OF_BLOCKS


def test_what_is_missing_of_the_contracts_could_not_be_checked() -> None:
    state = open_state(bytes(32), trust(), NodePool.of([]))
    assert (state.code, state.generations) == ("fact-missing", ())
    assert state.params == {"what": "ParticipantRegistry"}


def test_the_contracts_stand_where_the_trust_file_says() -> None:
    state = state_of(standing())
    assert state.code == "state-ok"
    assert [set(each) for each in state.generations] == [set(contracts())]


# Age


@pytest.mark.parametrize(
    ("later", "limit", "code"),
    [
        (0, None, "age-ok"),
        (DAY, None, "age-ok"),
        (DAY + 1, None, "header-too-old"),
        (3_600, 3_600, "age-ok"),
        (3_601, 3_600, "header-too-old"),
        (DAY + 1, 9 * DAY, "header-too-old"),  # nobody is told more than the file allows
        (-SLACK, None, "age-ok"),
        (-SLACK - 1, None, "header-in-future"),
    ],
)
def test_a_block_is_recent_or_says_nothing_of_today(
    later: int, limit: int | None, code: str
) -> None:
    assert check_age(BLOCK, aged(), BLOCK.time + later, limit) == code


def test_three_checks_stand_on_a_header() -> None:
    checks = block_checks(BLOCK, trust(), operator(), state_of(standing()), NOW)
    assert [(check.check, check.code) for check in checks] == [
        ("seal", "seal-operator-ok"),
        ("state", "state-ok"),
        ("age", "age-ok"),
    ]
    assert {check.outcome for check in checks} == {Outcome.PROVEN}


# Any change


@given(st.data())
def test_no_changed_byte_of_a_header_leaves_a_proven_block_of_another_state(
    data: st.DataObject,
) -> None:
    kind = data.draw(st.sampled_from(["clique", "qbft", "operator"]))
    headers, seal, trusted = GOOD[kind]
    which = data.draw(st.integers(0, len(headers) - 1))
    raw = bytearray(headers[which].rlp)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with suppress(InputError):
        changed = parse_header(bytes(raw))
        others = tuple(changed if at == which else each for at, each in enumerate(headers))
        answer = check_seal(Sealed(others, seal), trusted)
        assert REASONS[answer.code].outcome is not Outcome.PROVEN


GOOD: dict[str, tuple[tuple[Header, ...], bytes | None, TrustFile]] = {
    "clique": (clique_chain(FOUR[:3]), None, CLIQUE),
    "qbft": ((qbft_header(FOUR[:3], ADDRESSES, round_=1),), None, QBFT),
    "operator": ((BLOCK,), operator_seal(BLOCK, ONE, OPERATOR), ONE),
}


def test_what_those_changes_are_made_to_is_proven() -> None:
    for headers, seal, trusted in GOOD.values():
        assert REASONS[check_seal(Sealed(headers, seal), trusted).code].outcome is Outcome.PROVEN
