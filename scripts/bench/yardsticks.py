# SPDX-License-Identifier: Apache-2.0
"""What everything is compared with: the least work that the same result could cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import repeat

from coincurve import PublicKey
from coincurve.ecdsa import cdata_to_der, deserialize_compact

from filiera.proof.jws import parse_jws


def bare_hashes(leaves: int) -> Callable[[], None]:
    """The SHA-256 of a tree over `leaves` records: as many, of inputs as long, kept nowhere."""
    leaf, node = bytes(33), bytes(65)

    def run() -> None:
        for _ in repeat(None, leaves):
            sha256(leaf).digest()
        for _ in repeat(None, leaves - 1):
            sha256(node).digest()

    return run


def signatures(jwss: Sequence[bytes]) -> str:
    """What `bare_verifications` of these records is called in a report."""
    return f"its {len(jwss)} signatures by coincurve"


def bare_verifications(jwss: Sequence[bytes]) -> Callable[[], None]:
    """coincurve's verification of the records' signatures: keys, digests and DER at hand."""
    signed = [parse_jws(jws) for jws in jwss]
    ready = [
        (
            PublicKey(b"\x04" + each.public_key),
            cdata_to_der(deserialize_compact(each.signature)),
            sha256(each.jws.rpartition(b".")[0]).digest(),
        )
        for each in signed
    ]

    def run() -> None:
        for key, signature, digest in ready:
            if not key.verify(signature, digest, hasher=None):
                raise ValueError("a signature that does not hold is no yardstick")

    return run
