# SPDX-License-Identifier: Apache-2.0
"""Records that are refused: each by its own code, naming the place, and changing nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from filiera.model.ids import b64url, did_pkh
from filiera.proof.encoding import dump_json
from tests.support.forge import forge, high_s, respelled, with_jwk, with_signature
from tests.support.server import Server
from tests.support.world import ANCHORED, CHAIN, World, format_instant

Case = tuple[str, Callable[[World], bytes]]


def spin(world: World, path: str = "", value: Any = None) -> dict[str, Any]:
    """The spinning step with one member replaced (by None: removed); `path` as in `where`."""
    payload: Any = copy.deepcopy(world.spin())
    if path:
        *parents, last = [int(p) if p.isdecimal() else p for p in path.split("/")]
        node = payload
        for parent in parents:
            node = node[parent]
        if value is None:
            del node[last]
        else:
            node[last] = value
    return dict(payload)


def signed(world: World, **header: Any) -> bytes:
    return forge(spin(world), world.mill.signer, **header)


def text(world: World, old: bytes, new: bytes) -> bytes:
    """The spinning step with its JSON text altered before it is signed."""
    payload = dump_json(spin(world))
    assert old in payload
    return forge(payload.replace(old, new, 1), world.mill.signer)


def ok(world: World) -> bytes:
    return world.jws["spin"]


def short_key(world: World) -> dict[str, Any]:
    return with_jwk(world.mill.signer, x=b64url(world.mill.signer.public_key[:31]))


FORM: dict[str, Case] = {
    "empty": ("jws-malformed", lambda w: b""),
    "not a JWS": ("jws-malformed", lambda w: b"hello"),
    "two parts": ("jws-malformed", lambda w: ok(w).rpartition(b".")[0]),
    "four parts": ("jws-malformed", lambda w: ok(w) + b".x"),
    "an empty part": ("jws-malformed", lambda w: b"." + ok(w).partition(b".")[2]),
    "a line end": ("jws-malformed", lambda w: ok(w) + b"\n"),
    "padding": ("jws-malformed", lambda w: ok(w) + b"="),
    "spare bits": ("jws-malformed", lambda w: respelled(ok(w))),
    "a short signature": ("jws-malformed", lambda w: ok(w)[:-1]),
    "over the limit": ("record-too-large", lambda w: ok(w) + b"A" * (1 << 20)),
    "duplicate name": (
        "json-not-i-json",
        lambda w: text(w, b'"name":', b'"name":"a","name":'),
    ),
    "byte-order mark": (
        "json-not-i-json",
        lambda w: forge(b"\xef\xbb\xbf" + dump_json(spin(w)), w.mill.signer),
    ),
    "lone surrogate": ("json-not-i-json", lambda w: text(w, b'"Spinning"', b'"\\ud800"')),
    "NaN": ("json-not-i-json", lambda w: text(w, b'"value":10', b'"value":NaN')),
    "infinity": ("json-not-i-json", lambda w: text(w, b'"value":10', b'"value":-Infinity')),
    "integer beyond 2^53-1": (
        "json-not-i-json",
        lambda w: text(w, b'"value":10', b'"value":9007199254740992'),
    ),
    "sixteen digits": (
        "number-malformed",
        lambda w: text(w, b'"value":10', b'"value":1.234567890123456'),
    ),
    "not JSON": ("json-malformed", lambda w: forge(b"{", w.mill.signer)),
    "not an object": ("json-malformed", lambda w: forge(b"[]", w.mill.signer)),
    "too deep": (
        "json-too-deep",
        lambda w: text(w, b'"value":10', b'"value":' + b"[" * 70 + b"]" * 70),
    ),
    "alg none": ("jws-algorithm", lambda w: signed(w, alg="none")),
    "alg HS256": ("jws-algorithm", lambda w: signed(w, alg="HS256")),
    "alg ES256": ("jws-algorithm", lambda w: signed(w, alg="ES256")),
    "no alg": ("jws-algorithm", lambda w: signed(w, alg=None)),
    "another typ": ("jws-header", lambda w: signed(w, typ="JWT")),
    "a later typ": ("jws-header", lambda w: signed(w, typ="vc+sd-jwt")),
    "no kid": ("jws-header", lambda w: signed(w, kid=None)),
    "a member more": ("jws-header", lambda w: signed(w, crit=["b64"])),
    "another curve": ("jws-key", lambda w: signed(w, jwk=with_jwk(w.mill.signer, crv="P-256"))),
    "a private key": ("jws-key", lambda w: signed(w, jwk=with_jwk(w.mill.signer, d="AA"))),
    "a key without y": ("jws-key", lambda w: signed(w, jwk=with_jwk(w.mill.signer, y=None))),
    "a short coordinate": ("jws-key", lambda w: signed(w, jwk=short_key(w))),
    "off the curve": (
        "jws-key",
        lambda w: signed(w, jwk=with_jwk(w.mill.signer, y=b64url(bytes(31) + b"\x01"))),
    ),
    "another's kid": (
        "jws-kid",
        lambda w: signed(w, kid=did_pkh(CHAIN, w.brand.signer.address)),
    ),
    "kid in capitals": (
        "jws-kid",
        lambda w: signed(w, kid=did_pkh(CHAIN, w.mill.signer.address.upper())),
    ),
    "another's issuer": ("jws-kid", lambda w: forge(spin(w), w.brand.signer)),
    "another chain": (
        "jws-chain",
        lambda w: forge(
            spin(w, "issuer/id", did_pkh(1, w.mill.signer.address)), w.mill.signer, chain=1
        ),
    ),
    "high s": ("signature-high-s", lambda w: high_s(ok(w))),
    "r of zero": ("signature-invalid", lambda w: with_signature(ok(w), bytes(32) + b"\x01" * 32)),
    "another's signature": (
        "signature-invalid",
        lambda w: with_signature(ok(w), w.brand.signer.sign_digest(bytes(32))[:64]),
    ),
}

EVENT = "credentialSubject/0"
CONTENT: dict[str, tuple[str, str, str, Any]] = {
    # name: (code, where, path, value)
    "unknown type": ("record-type", "type", "type", ["VerifiableCredential", "Invented"]),
    "no type": ("record-type", "type", "type", None),
    "two types": (
        "record-type",
        "type",
        "type",
        ["VerifiableCredential", "DigitalTraceabilityEvent", "DigitalProductPassport"],
    ),
    "a facility record, not known yet": (
        "record-type",
        "type",
        "type",
        ["VerifiableCredential", "DigitalFacilityRecord"],
    ),
    "no event date": ("record-schema", f"{EVENT}.eventDate", f"{EVENT}/eventDate", None),
    "no place": ("record-schema", f"{EVENT}.madeAtFacility", f"{EVENT}/madeAtFacility", None),
    "a name that is no text": ("record-schema", "name", "name", 7),
    "a date without a zone": (
        "instant-malformed",
        f"{EVENT}.eventDate",
        f"{EVENT}/eventDate",
        "2026-03-01T08:00:00",
    ),
    "a day for an instant": (
        "instant-malformed",
        f"{EVENT}.eventDate",
        f"{EVENT}/eventDate",
        "2026-03-01",
    ),
    "validFrom without a zone": (
        "instant-malformed",
        "validFrom",
        "validFrom",
        "2026-03-01T08:00:00",
    ),
    "a date in the future": (
        "date-in-future",
        f"{EVENT}.eventDate",
        f"{EVENT}/eventDate",
        format_instant(ANCHORED + 1),
    ),
    "a wrong check digit": (
        "gs1-check-digit",
        f"{EVENT}.outputProduct[0].product.id",
        f"{EVENT}/outputProduct/0/product/id",
        "https://id.gs1.org/01/09520000000012/10/YARN-1",
    ),
    "a wrong check digit of a place": (
        "gs1-check-digit",
        f"{EVENT}.madeAtFacility.id",
        f"{EVENT}/madeAtFacility/id",
        "https://id.gs1.org/414/9520000000005",
    ),
    "another spelling of a product": (
        "gs1-malformed",
        f"{EVENT}.outputProduct[0].product.id",
        f"{EVENT}/outputProduct/0/product/id",
        "https://mill.example/01/09520000000011/10/YARN-1",
    ),
    "a link of two digests": (
        "link-digest-mismatch",
        f"{EVENT}.relatedDocument[0]",
        f"{EVENT}/relatedDocument/0/digestMultibase",
        "uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ),
    "a status inside": (
        "record-member-refused",
        "credentialStatus",
        "credentialStatus",
        {"id": "x"},
    ),
    "withheld members": ("record-member-refused", "_sd_alg", "_sd_alg", "sha-256"),
    "withheld elements": ("record-member-refused", f"{EVENT}._sd", f"{EVENT}/_sd", ["x"]),
    "an ellipsis": ("record-member-refused", f"{EVENT}....", f"{EVENT}/...", "x"),
}


@pytest.mark.parametrize("name", FORM)
def test_a_record_against_the_rules_of_its_form_is_refused(server: Server, name: str) -> None:
    code, build = FORM[name]
    server.settings = server.app.state.settings = server.settings.model_copy(
        update={"max_body": 4 << 20}
    )
    before = server.state()
    response = server.submit(build(server.world))
    assert (response.json()["code"], server.state()) == (code, before)
    assert response.status_code == (413 if code == "record-too-large" else 400)
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", CONTENT)
def test_a_record_against_the_rules_of_its_type_is_refused_naming_the_field(
    server: Server, name: str
) -> None:
    code, where, path, value = CONTENT[name]
    before = server.state()
    response = server.submit(forge(spin(server.world, path, value), server.world.mill.signer))
    problem = response.json()
    assert (response.status_code, problem["code"]) == (400, code)
    assert problem["where"] == where.replace("/0", "[0]")
    assert server.state() == before
