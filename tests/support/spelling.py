# SPDX-License-Identifier: Apache-2.0
"""A signed record and its parts, to be spelled otherwise than `sign_record` would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest

from filiera.adapters.keys.account import LocalSigner
from filiera.errors import InputError
from filiera.model.ids import b64url, did_pkh
from filiera.proof.jws import parse_jws, sign_record

CHAIN = 952952
SIGNER = LocalSigner(sha256(b"spinner").digest())
ISSUER = did_pkh(CHAIN, SIGNER.address)
OTHER = LocalSigner(sha256(b"another").digest())
PAYLOAD = {"issuer": {"id": ISSUER}, "kilos": [1, 2, 3]}
JWK = {
    "kty": "EC",
    "crv": "secp256k1",
    "x": b64url(SIGNER.public_key[:32]),
    "y": b64url(SIGNER.public_key[32:]),
}
HEADER = {"alg": "ES256K", "typ": "vc+jwt", "jwk": JWK, "kid": ISSUER}
RECORD = sign_record(PAYLOAD, CHAIN, SIGNER)
SIGNATURE = parse_jws(RECORD).signature


@dataclass(frozen=True)
class Spelling:
    """The parts of a JWS, to be spelled otherwise than `sign_record` would."""

    header: bytes = json.dumps(HEADER).encode()
    payload: bytes = json.dumps(PAYLOAD).encode()
    signature: bytes | None = None

    def jws(self) -> bytes:
        """The compact form, signed rightly unless a signature is given."""
        signing_input = f"{b64url(self.header)}.{b64url(self.payload)}".encode()
        signature = self.signature or SIGNER.sign_digest(sha256(signing_input).digest())[:64]
        return signing_input + b"." + b64url(signature).encode()


def with_header(**changed: object) -> bytes:
    """A record whose header has other members, rightly signed."""
    return Spelling(header=json.dumps({**HEADER, **changed}).encode()).jws()


def with_jwk(**changed: object) -> bytes:
    """The same with another key in it."""
    return with_header(jwk={**JWK, **changed})


def without(members: dict[str, Any], name: str) -> dict[str, Any]:
    """The members but one."""
    return {key: value for key, value in members.items() if key != name}


def refusal(jws: bytes) -> InputError:
    """Why it is not read."""
    with pytest.raises(InputError) as caught:
        parse_jws(jws)
    return caught.value


def code(jws: bytes) -> str:
    """The code of that."""
    return refusal(jws).code
