# SPDX-License-Identifier: Apache-2.0
"""Whether a block is sealed by those whom the trust file pins (docs/proof.md 4).

One table from the kind of seal to its check; the kind comes from the trust file alone. A new
kind is a module, a line here, and a name in `trust.SealName`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from filiera.proof.clique import check_clique
from filiera.proof.operator import check_operator
from filiera.proof.qbft import check_qbft
from filiera.proof.reasons import REASONS, Outcome
from filiera.proof.sealing import SealAnswer, Sealed
from filiera.proof.trust import SealName, TrustFile

SEALS: Final[dict[SealName, Callable[[Sealed, TrustFile], SealAnswer]]] = {
    "operator": check_operator,
    "clique": check_clique,
    "qbft": check_qbft,
}


def check_seal(sealed: Sealed, trust: TrustFile) -> SealAnswer:
    """The answer to the check "seal" about the first of the headers.

    A block from before the pinned validators could be anybody's, unless the file pins the
    block itself; then no seal is asked for, and everything but the one header is surplus.
    """
    answer = SEALS[trust.seal.kind](sealed, trust)
    if sealed.header.number < trust.seal.from_block:
        number = str(trust.seal.from_block)
        answer = replace(answer, code="seal-older-set", params={"number": number}, signers=())
    pinned = "0x" + answer.block_hash.hex() in trust.pinned_blocks
    if pinned and REASONS[answer.code].outcome is not Outcome.PROVEN:
        return SealAnswer("seal-pinned-ok", answer.block_hash)
    return answer
