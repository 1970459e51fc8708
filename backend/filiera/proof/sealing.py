# SPDX-License-Identifier: Apache-2.0
"""What the kinds of seals share: what is laid before them, what they answer, who signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from coincurve import PublicKey

from filiera.proof.header import Header
from filiera.proof.jws import ORDER, address_of

SEAL_LENGTH: Final = 65
"""r || s || v."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is to be judged: the proven block's header first, then those that build on it.

    `operator_seal` is the operator's signature where the bundle carries one.
    """

    headers: tuple[Header, ...]
    operator_seal: bytes | None = None

    @property
    def header(self) -> Header:
        """The proven block's."""
        return self.headers[0]


@dataclass(frozen=True, slots=True)
class SealAnswer:
    """The answer to the check "seal".

    `block_hash` is what this kind of network calls the proven block; `signers` are the
    distinct validators whose seals hold. The answer rests on the first `headers` of what was
    given, and on the operator's seal only if `operator_seal` says so: the rest is surplus.
    """

    code: str
    block_hash: bytes
    params: Mapping[str, str] = field(default_factory=dict)
    signers: tuple[str, ...] = ()
    headers: int = 1
    operator_seal: bool = False


def signer_of(digest: bytes, seal: bytes, *, low_s: bool = True) -> str | None:
    """The address whose signature over `digest` the 65 bytes are, None when nobody's.

    v is 0 or 1, r and s lie in (0, n); `low_s` also refuses the upper half, so that a
    signature has one spelling (SEC 1 4.1.6, EIP-2).
    """
    r, s = int.from_bytes(seal[:32], "big"), int.from_bytes(seal[32:64], "big")
    most = ORDER // 2 if low_s else ORDER - 1
    if len(seal) != SEAL_LENGTH or seal[64] > 1 or not (0 < r < ORDER and 0 < s <= most):
        return None
    try:
        key = PublicKey.from_signature_and_message(seal, digest, hasher=None)
    except ValueError:  # r is the x of no point
        return None
    return address_of(key.format(compressed=False)[1:])


def fault_of(signers: Sequence[str | None], validators: Sequence[str]) -> str | None:
    """The code for a seal that is not a validator's or is there twice, None for neither."""
    if any(signer not in validators for signer in signers):
        return "seal-foreign"
    return "seal-duplicate" if len(set(signers)) != len(signers) else None


def counted(signers: Sequence[object], validators: Sequence[str], needed: int) -> dict[str, str]:
    """The params of an answer that counts signers."""
    return {
        "signers": str(len(set(signers))),
        "validators": str(len(validators)),
        "needed": str(needed),
    }
