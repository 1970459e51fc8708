# SPDX-License-Identifier: Apache-2.0
"""Signed records: compact JWS under ES256K (docs/records.md, "The signature"; RFC 7515, RFC 8812).

A record is its JWS bytes and nothing else; its id is their SHA-256. Parsing refuses every
spelling but one, so that a signed statement has one id. The signature is a question of
its own (`signature_holds`), because a verdict reports it apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, Protocol

from coincurve import PublicKey
from coincurve.ecdsa import cdata_to_der, deserialize_compact
from eth_hash.backends.pysha3 import keccak256

from filiera.errors import InputError
from filiera.model.ids import b64url, did_pkh, parse_did_pkh, unb64url
from filiera.proof.encoding import dump_json, parse_object

MAX_JWS: Final = 1 << 20
"""Bytes of one record: room for a passport that lists thousands of records."""
ORDER: Final = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
"""The order of secp256k1 (SEC 2 section 2.4.1)."""
TYP: Final = "vc+jwt"
SIGNERS: Final = 1_024
"""Keys whose point and address are remembered: most signers sign more than one record."""

MAX_KNOWN_HEADER: Final = 1_024
"""Bytes of a header that is remembered: one that is written out usually has half as many."""

_COMPACT = re.compile(rb"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})")


class DigestSigner(Protocol):
    """What signing needs of a key (ports.signer.Signer satisfies it)."""

    @property
    def address(self) -> str:
        """Lower-case hex with 0x."""
        ...

    @property
    def public_key(self) -> bytes:
        """x || y."""
        ...

    def sign_digest(self, digest: bytes) -> bytes:
        """r || s || v over a 32-byte digest, low s."""
        ...


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """A parsed JWS: who signed what. Parsing does not check the signature.

    `id` is the SHA-256 of `jws`; `public_key` is x || y; `signature` is r || s.
    """

    jws: bytes
    id: bytes
    chain_id: int
    address: str
    public_key: bytes
    signature: bytes
    payload: dict[str, Any]

    @property
    def issuer(self) -> str:
        """The issuer's did:pkh."""
        return did_pkh(self.chain_id, self.address)


def record_id(jws: bytes) -> bytes:
    """SHA-256 of the JWS bytes."""
    return sha256(jws).digest()


@lru_cache(SIGNERS)
def address_of(public_key: bytes) -> str:
    """The Ethereum address of a point x || y: keccak256 of it, last 20 bytes, as 0x hex."""
    return "0x" + keccak256(public_key)[12:].hex()


def parse_jws(jws: bytes) -> SignedRecord:
    """The record that `jws` spells, by every rule of docs/records.md but the signature's.

    Raises InputError: `record-too-large`, `jws-malformed`, `jws-algorithm`, `jws-header`,
    `jws-key`, `jws-kid`, `signature-high-s`, `signature-invalid` (r or s out of range), or
    what `parse_object` raises.
    """
    if len(jws) > MAX_JWS:
        raise InputError("record-too-large", f"A record has at most {MAX_JWS} bytes.")
    match = _COMPACT.fullmatch(jws)
    if match is None:
        raise InputError(
            "jws-malformed",
            "A record is three base64url parts joined by dots, the last of 86 characters.",
        )
    protected, payload_part, signature_part = match.groups()
    read_header = _known_header if len(protected) <= MAX_KNOWN_HEADER else _header
    payload_bytes, signature = _part(payload_part), _part(signature_part)
    chain_id, address, public_key = read_header(protected)
    _check_signature_range(signature)
    payload = parse_object(payload_bytes, where="payload")
    issuer = payload.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else None
    if named != did_pkh(chain_id, address):
        raise InputError(
            "jws-kid", "issuer.id is not the account that the header names.", where="issuer.id"
        )
    return SignedRecord(jws, record_id(jws), chain_id, address, public_key, signature, payload)


def signature_holds(record: SignedRecord) -> bool:
    """Whether the ES256K signature verifies under the header's own key (RFC 8812 3.2)."""
    signing_input = record.jws.rpartition(b".")[0]
    der = cdata_to_der(deserialize_compact(record.signature))
    return _point(record.public_key).verify(der, sha256(signing_input).digest(), hasher=None)


def sign_record(payload: Mapping[str, Any], chain_id: int, signer: DigestSigner) -> bytes:
    """The compact JWS of `payload`, whose issuer.id must be the signer's did:pkh.

    Raises `jws-kid` when it is not, and whatever `parse_jws` raises: nothing that the other
    side would refuse leaves from here.
    """
    x, y = signer.public_key[:32], signer.public_key[32:]
    header = {
        "alg": "ES256K",
        "typ": TYP,
        "jwk": {"kty": "EC", "crv": "secp256k1", "x": b64url(x), "y": b64url(y)},
        "kid": did_pkh(chain_id, signer.address),
    }
    signing_input = f"{b64url(dump_json(header))}.{b64url(dump_json(payload))}".encode("ascii")
    signature = signer.sign_digest(sha256(signing_input).digest())[:64]
    jws = signing_input + b"." + b64url(signature).encode("ascii")
    parse_jws(jws)
    return jws


def _part(part: bytes) -> bytes:
    try:
        return unb64url(part.decode("ascii"))
    except InputError as error:
        raise InputError("jws-malformed", error.message) from None


def _header(protected: bytes) -> tuple[int, str, bytes]:
    """(chain id, address, public key) of a protected header, or an InputError."""
    header = parse_object(_part(protected), where="header")
    if header.get("alg") != "ES256K":
        raise InputError("jws-algorithm", "The algorithm must be ES256K.", where="header.alg")
    if set(header) != {"alg", "typ", "jwk", "kid"}:
        raise InputError(
            "jws-header",
            "The header must have alg, typ, jwk and kid, and no other.",
            where="header",
        )
    if header["typ"] != TYP:
        raise InputError("jws-header", f"The type must be {TYP}.", where="header.typ")
    public_key = _public_key(header["jwk"])
    kid = parse_did_pkh(header["kid"]) if isinstance(header["kid"], str) else None
    if kid is None or kid[1] != address_of(public_key):
        raise InputError(
            "jws-kid", "kid is not the did:pkh of the header's own key.", where="header.kid"
        )
    return kid[0], kid[1], public_key


_known_header = lru_cache(SIGNERS)(_header)
"""The same, remembered: a signer's header is the same on every record."""


def _public_key(jwk: object) -> bytes:
    """x || y of a JWK of exactly {kty, crv, x, y}, on the curve; raises `jws-key`."""
    refused = InputError(
        "jws-key", "The key must be {kty, crv, x, y}, a point of secp256k1.", where="header.jwk"
    )
    if not isinstance(jwk, dict) or set(jwk) != {"kty", "crv", "x", "y"}:
        raise refused
    if (jwk["kty"], jwk["crv"]) != ("EC", "secp256k1"):
        raise refused
    if not (isinstance(jwk["x"], str) and isinstance(jwk["y"], str)):
        raise refused
    try:
        x, y = unb64url(jwk["x"]), unb64url(jwk["y"])
        if (len(x), len(y)) != (32, 32):
            raise refused
        _point(x + y)
    except (InputError, ValueError):
        raise refused from None
    return x + y


@lru_cache(SIGNERS)
def _point(public_key: bytes) -> PublicKey:
    """The point x || y; raises ValueError if it is not on the curve."""
    return PublicKey(b"\x04" + public_key)


def _check_signature_range(signature: bytes) -> None:
    """0 < r < n and 0 < s <= n/2: one signature has one spelling (BIP 62, RFC 6979)."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < ORDER and 0 < s < ORDER):
        raise InputError("signature-invalid", "The signature's r or s is out of range.")
    if s > ORDER // 2:
        raise InputError("signature-high-s", "The signature's s is not in its lower half.")
