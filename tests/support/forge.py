# SPDX-License-Identifier: Apache-2.0
"""Records as nobody honest makes them: any header, any payload bytes, really signed."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from filiera.model.ids import b64url, did_pkh, unb64url
from filiera.proof.encoding import dump_json
from filiera.proof.jws import ORDER
from tests.support.world import CHAIN, Signer


def header_of(signer: Signer, chain: int = CHAIN) -> dict[str, Any]:
    """The header that `sign_record` writes."""
    x, y = signer.public_key[:32], signer.public_key[32:]
    return {
        "alg": "ES256K",
        "typ": "vc+jwt",
        "jwk": {"kty": "EC", "crv": "secp256k1", "x": b64url(x), "y": b64url(y)},
        "kid": did_pkh(chain, signer.address),
    }


def forge(
    payload: dict[str, Any] | bytes, signer: Signer, *, chain: int = CHAIN, **header: Any
) -> bytes:
    """A JWS over this very payload; members of the header replaced, or removed by None."""
    text = payload if isinstance(payload, bytes) else dump_json(payload)
    members = {**header_of(signer, chain), **header}
    kept = {name: value for name, value in members.items() if value is not None}
    signing_input = f"{b64url(json.dumps(kept).encode())}.{b64url(text)}"
    signature = signer.sign_digest(sha256(signing_input.encode()).digest())[:64]
    return f"{signing_input}.{b64url(signature)}".encode()


def with_jwk(signer: Signer, **members: Any) -> dict[str, Any]:
    """The signer's key with members replaced, or removed by None."""
    jwk = {**header_of(signer)["jwk"], **members}
    return {name: value for name, value in jwk.items() if value is not None}


def high_s(jws: bytes) -> bytes:
    """The same signature in its other spelling: n - s instead of s."""
    signing_input, _, signature = jws.decode().rpartition(".")
    raw = unb64url(signature)
    s = ORDER - int.from_bytes(raw[32:], "big")
    return f"{signing_input}.{b64url(raw[:32] + s.to_bytes(32, 'big'))}".encode()


def with_signature(jws: bytes, signature: bytes) -> bytes:
    """The record with another signature."""
    return jws.rpartition(b".")[0] + b"." + b64url(signature).encode()


def respelled(jws: bytes) -> bytes:
    """The same bytes in another base64url: the spare bits of the last character are set."""
    signing_input, _, signature = jws.decode().rpartition(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet[alphabet.index(signature[-1]) + 1]
    return f"{signing_input}.{signature[:-1]}{last}".encode()
