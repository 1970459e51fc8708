# SPDX-License-Identifier: Apache-2.0
"""What cannot be read as a bundle or a trust file at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from eth_hash.auto import keccak

from filiera.proof.bundle import Bundle, dump_bundle
from filiera.proof.encoding import dump_json
from filiera.proof.evidence import Presented
from filiera.proof.trust import dump_trust
from tests.support.blocks import made_header
from tests.support.proven import sealed
from tests.support.vectors.files import Asked
from tests.support.vectors.making import (
    BUNDLE,
    GOOD,
    LOOKED,
    asked,
    shows,
)

# What cannot be read


TINY: Final = Bundle((made_header().rlp,), (Presented(b"not.a.record"),), ())


def tiny(change: Callable[[dict[str, Any]], object]) -> Asked:
    """A bundle of next to nothing, of which one member is otherwise."""
    value = json.loads(dump_bundle(TINY))
    change(value)
    return Asked(dump_json(value), dump_trust(GOOD.trusted), LOOKED)


def before(**changes: Any) -> Asked:
    """A bundle of next to nothing, before a reader with such a trust file."""
    said = json.loads(dump_trust(GOOD.trusted)) | changes
    return Asked(dump_bundle(TINY), dump_json(said), LOOKED)


@shows("json-malformed")
def input_not_json() -> Asked:
    """No JSON at all."""
    return Asked(b"a passport", dump_trust(GOOD.trusted), LOOKED)


@shows("json-not-i-json")
def input_name_twice() -> Asked:
    """A name twice in one object."""
    text = b'{"filieraBundle":1,"filieraBundle":1}'
    return Asked(text, dump_trust(GOOD.trusted), LOOKED)


@shows("json-too-deep")
def input_too_deep() -> Asked:
    """Lists within lists, 65 deep."""
    text = b'{"filieraBundle":' + b"[" * 64 + b"]" * 64 + b"}"
    return Asked(text, dump_trust(GOOD.trusted), LOOKED)


@shows("bundle-version")
def input_bundle_version() -> Asked:
    """A bundle of a version to come."""
    return tiny(lambda bundle: bundle.update(filieraBundle=2))


@shows("bundle-malformed")
def input_surplus_member() -> Asked:
    """A member that no bundle has."""
    return tiny(lambda bundle: bundle.update(more=1))


@shows("bundle-malformed")
def input_another_spelling() -> Asked:
    """A bundle with a line's end after it."""
    return Asked(dump_bundle(TINY) + b"\n", dump_trust(GOOD.trusted), LOOKED)


@shows("bundle-malformed")
def input_record_twice() -> Asked:
    """One record twice."""
    return tiny(lambda bundle: bundle["records"].append(bundle["records"][0]))


@shows("bundle-too-large")
def input_too_many_headers() -> Asked:
    """More headers than a bundle may have."""
    return tiny(lambda bundle: bundle.update(headers=["AA"] * 1_001))


@shows("bundle-too-large")
def input_too_many_nodes() -> Asked:
    """More nodes than a bundle of one record may have."""
    return tiny(lambda bundle: bundle.update(nodes=["AA"] * 16_449))


@shows("header-malformed")
def input_header_malformed() -> Asked:
    """A header of no fields."""
    return tiny(lambda bundle: bundle.update(headers=["wA"]))


@shows("rlp-malformed")
def input_header_no_rlp() -> Asked:
    """A header that is not canonical RLP."""
    return tiny(lambda bundle: bundle.update(headers=["-A"]))


@shows("node-malformed")
def input_node_malformed() -> Asked:
    """A state root that leads to what is no trie node."""
    node = b"\x83abc"
    headers, seal = sealed("operator", keccak(node), GOOD.trusted)
    bundle = Bundle(headers, BUNDLE.records[:1], (node,), seal)
    return asked(GOOD, bundle)


@shows("trust-version")
def input_trust_version() -> Asked:
    """A trust file of a version to come."""
    return before(filieraTrust=2)


@shows("trust-malformed")
def input_trust_malformed() -> Asked:
    """A trust file without founders."""
    return before(founders=[])
