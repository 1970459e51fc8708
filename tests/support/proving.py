# SPDX-License-Identifier: Apache-2.0
"""A district in memory whose server gives bundles that prove: only its network is not real.

    server = proving(anchored())    /v1/passports/…/bundle and /v1/trust fit together

What the ledger holds is laid into tries, and the block over them is sealed by the operator.
"""

from __future__ import annotations

from typing import Any

from filiera.ports.ledger import StateProof
from filiera.proof.facts import ChainFacts
from filiera.proof.storage import facts_from_storage, open_state
from filiera.proof.trie import NodePool
from filiera.proof.trust import TrustFile
from tests.support.proven import sealed, trusting
from tests.support.server import Server
from tests.support.state import state_of

KINDS = ("accounts", "participants", "anchors", "statuses", "findings")


def proving(server: Server) -> Server:
    """The server, from now on able to prove what its ledger says."""
    recorder = server.world.association.signer.address

    def prove(facts: ChainFacts, trust: TrustFile) -> StateProof:
        held: dict[str, Any] = {kind: tuple(getattr(server.ledger, kind)) for kind in KINDS}
        everything = server.ledger.read(facts.block, **held)
        state = state_of(everything, trust, recorder)
        pool = NodePool(dict(state.nodes))
        asked: dict[str, Any] = {kind: tuple(getattr(facts, kind)) for kind in KINDS}
        facts_from_storage(open_state(state.root, trust, pool), trust, facts.block, **asked)
        block = {"number": facts.block.number, "time": facts.block.time}
        headers, seal = sealed("operator", state.root, trust, **block)
        return StateProof(headers, seal, tuple(pool.nodes[each] for each in sorted(pool.used)))

    server.ledger.prover = prove
    server.services.bundles.trust = trusting(server.world, "operator")
    return server
