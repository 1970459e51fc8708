# SPDX-License-Identifier: Apache-2.0
"""The published schemas take every real document, and refuse what is bent."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from filiera.proof.bundle import parse_bundle
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import parse_trust
from filiera.proof.verdict_document import dump_verdict, verdict_document
from scripts.write_schemas import SCHEMAS
from tests.support.proven import KINDS, proven
from tests.support.world import GARMENT, World

WORLD = World()
Change = Callable[[Any], object]


def documents(kind: str) -> dict[str, Any]:
    """A real document of every schema."""
    made = proven(WORLD, WORLD.evidence(), kind, product=GARMENT)
    trust = parse_trust(made.trust)
    verdict = verify_bundle(parse_bundle(made.bundle), trust, made.now)
    return {
        "bundle-v1.json": json.loads(made.bundle),
        "trust-v1.json": json.loads(made.trust),
        "verdict-v1.json": json.loads(dump_verdict(verdict_document(verdict, trust))),
    }


def takes(name: str, document: Any) -> bool:
    return bool(Draft202012Validator(SCHEMAS[name]()).is_valid(document))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name]())


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_takes_what_is_real(kind: str) -> None:
    found = documents(kind)
    assert set(found) == set(SCHEMAS)
    for name, document in found.items():
        assert takes(name, document), name


def test_a_verdict_without_a_trust_file_is_one_too() -> None:
    made = proven(WORLD, WORLD.evidence(), "operator", product=GARMENT)
    trust = parse_trust(made.trust)
    verdict = verify_bundle(parse_bundle(made.bundle), trust, made.now)
    assert takes("verdict-v1.json", json.loads(dump_verdict(verdict_document(verdict, None))))


BENT: dict[str, dict[str, Change]] = {
    "bundle-v1.json": {
        "another version": lambda b: b.update(filieraBundle=2),
        "a member more": lambda b: b.update(more=1),
        "no nodes": lambda b: b.pop("nodes"),
        "no header": lambda b: b.update(headers=[]),
        "no record": lambda b: b.update(records=[]),
        "a null seal": lambda b: b.update(operatorSeal=None),
        "a short seal": lambda b: b.update(operatorSeal="A" * 86),
        "a padded node": lambda b: b["nodes"].append("AAAA="),
        "an empty node": lambda b: b["nodes"].append(""),
        "a node that is too large": lambda b: b["nodes"].append("A" * 1_367),
        "a record that is a text": lambda b: b["records"].append("a.b.c"),
        "a record's id": lambda b: b["records"][0].update(id="x"),
        "a record without its text": lambda b: b["records"][0].pop("jws"),
        "a record that is not ASCII": lambda b: b["records"][0].update(jws="è"),
        "a null anchor": lambda b: b["records"][0].update(anchor=None),
        "an index below zero": lambda b: b["records"][0]["anchor"].update(index=-1),
        "an index with a point": lambda b: b["records"][0]["anchor"].update(index=0.5),
        "a root in hexadecimal": lambda b: b["records"][0]["anchor"].update(root="0x" + "00" * 32),
        "an anchorer in capitals": lambda b: b["records"][0]["anchor"].update(
            anchorer="0x" + "AB" * 20
        ),
        "a path of one hash too many": lambda b: b["records"][0]["anchor"].update(
            path=["A" * 43] * 65
        ),
    },
    "verdict-v1.json": {
        "another version": lambda v: v.update(filieraVerdict=2),
        "a member more": lambda v: v.update(more=1),
        "no sentence": lambda v: v.pop("sentence"),
        "one language": lambda v: v["sentence"].pop("it"),
        "another outcome": lambda v: v.update(outcome="true"),
        "a check without its code": lambda v: v["checks"][0].pop("code"),
        "a check with a number": lambda v: v["checks"][0]["params"].update(count=3),
        "a record by its hash": lambda v: v["records"][0].update(record="0x" + "00" * 32),
        "another relation": lambda v: v["records"][0].update(relation="friend"),
        "another standing": lambda v: v["standing"].update(state="fine"),
        "a time as a number": lambda v: v["block"].update(time=1_790_000_000),
        "a count below zero": lambda v: v["steps"].update(proven=-1),
        "another kind of seal": lambda v: v["seal"].update(kind="none"),
        "a digest in words": lambda v: v["trust"].update(digest="twelve words"),
    },
}


@pytest.mark.parametrize(
    ("name", "what"), [(name, what) for name, changes in BENT.items() for what in changes]
)
def test_a_schema_refuses_what_is_bent(name: str, what: str) -> None:
    document = deepcopy(GOOD[name])
    BENT[name][what](document)
    assert document != GOOD[name]
    assert not takes(name, document)


GOOD = documents("operator")
