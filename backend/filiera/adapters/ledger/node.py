# SPDX-License-Identifier: Apache-2.0
"""The Ledger port over a node's JSON-RPC.

Reading is in `reading`, transactions are in `transactions`; here is what the port promises.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Unpack

from filiera.adapters.ledger.contracts import artifact
from filiera.adapters.ledger.deployment import Deployment
from filiera.adapters.ledger.eip712 import ethereum_signature
from filiera.adapters.ledger.proving import (
    confirmations,
    prove_facts,
    read_header,
    read_sealing,
)
from filiera.adapters.ledger.reading import read_facts, read_nonce
from filiera.adapters.ledger.rpc import Rpc, number, octets, quantity
from filiera.adapters.ledger.transactions import Sender, read_block
from filiera.errors import ConflictError, NotFoundError, RefusedError
from filiera.ports.ledger import AnchorReceipt, ChainIdentity, StateProof, StatusInstruction
from filiera.ports.signer import Signer
from filiera.proof.facts import Anchor, Asked, Block, ChainFacts
from filiera.proof.operator import operator_digest
from filiera.proof.trust import TrustFile


class Web3Ledger:
    """A deployment's chain, read through one node and written with the operator's key.

    Without an operator it only reads: `identity().operator` is then the zero address.
    """

    def __init__(
        self,
        rpc: Rpc,
        deployment: Deployment,
        operator: Signer | None = None,
        *,
        tip: int = 0,
        confirmations: int = 0,
    ) -> None:
        """`tip`: wei a unit of gas that the operator pays on top of the base fee.

        `confirmations`: blocks to wait for after the one that took a transaction.
        """
        self._rpc = rpc
        self._deployment = deployment
        self._signer = operator
        self._operator = operator.address if operator else "0x" + "0" * 40
        self._sender = (
            Sender(rpc, deployment.chain_id, operator, tip=tip, confirmations=confirmations)
            if operator
            else None
        )

    def identity(self) -> ChainIdentity:
        """The chain that the node serves; raises `chain-mismatch` if not the deployment's."""
        chain, genesis = self._rpc.batch(
            [("eth_chainId", []), ("eth_getBlockByNumber", ["0x0", False])]
        )
        said = self._deployment
        with self._rpc.sense():
            node = number(chain), "0x" + octets(genesis["hash"]).hex()
        if node != (said.chain_id, said.genesis_hash):
            raise ConflictError(
                "chain-mismatch",
                f"The node serves chain {node[0]} with genesis block {node[1]}, "
                f"the deployment is on {said.chain_id} with {said.genesis_hash}.",
                where=self._rpc.url,
            )
        return ChainIdentity(
            chain_id=said.chain_id,
            genesis_hash=octets(said.genesis_hash),
            contracts=tuple((name, each.address) for name, each in said.contracts.items()),
            founder=octets(said.founder),
            operator=self._operator,
        )

    def head(self) -> Block:
        """The newest block."""
        return read_block(self._rpc, "latest")

    def block(self, height: int, /) -> Block:
        """The block of that number; raises `NotFoundError` (`block-not-found`)."""
        if not 0 <= height <= self.head().number:
            raise NotFoundError("block-not-found", f"The chain has no block {height} yet.")
        return read_block(self._rpc, quantity(height))

    def anchor(self, root: bytes, count: int, manifest: bytes) -> AnchorReceipt:
        """Anchor a root; see `Ledger.anchor`."""
        mined = self._writer().send(
            artifact("AnchorRegistry").call("anchor", root, count, manifest),
            self._deployment.address("AnchorRegistry"),
        )
        return AnchorReceipt(self._anchor_at(root, mined.block), mined.transaction, mined.block)

    def find_anchor(self, root: bytes) -> AnchorReceipt | None:
        """The operator's own anchoring of `root`; see `Ledger.find_anchor`.

        Its slot says when it was mined, so the log is searched in the blocks of that second
        alone, however long the chain is.
        """
        head = self.head()
        time = self._anchor_at(root, head).time
        if not time:
            return None
        topic = artifact("AnchorRegistry").topic("Anchored")
        logs = self._rpc.call(
            "eth_getLogs",
            {
                "address": self._deployment.address("AnchorRegistry"),
                "fromBlock": quantity(self._first_block(time, head)),
                "toBlock": quantity(self._first_block(time + 1, head) - 1),
                "topics": [
                    "0x" + topic.hex(),
                    "0x" + root.hex(),
                    "0x" + self._operator[2:].rjust(64, "0"),
                ],
            },
        )
        if not logs:
            return None
        with self._rpc.sense():
            transaction = octets(logs[0]["transactionHash"])
        # What is not settled yet may still move to another block.
        mined = self._writer().settled(transaction)
        return AnchorReceipt(self._anchor_at(root, mined.block), mined.transaction, mined.block)

    def read(self, block: Block, **asked: Unpack[Asked]) -> ChainFacts:
        """Everything asked for, as of `block`; see `Ledger.read`."""
        return read_facts(self._rpc, self._deployment, block, **asked)

    def provable(self, trust: TrustFile) -> Block:
        """The newest block with enough built on it; see `Ledger.provable`."""
        head = self.head()
        return self.block(max(head.number - confirmations(trust), self._deployment.block))

    def prove(self, facts: ChainFacts, trust: TrustFile) -> StateProof:
        """The proof of facts of one block; see `Ledger.prove`."""
        nodes = prove_facts(self._rpc, self._deployment, facts)
        header = read_header(self._rpc, facts.block)
        seal = self._operator_seal(facts, trust)
        headers = read_sealing(self._rpc, header, seal, trust)
        return StateProof(headers, seal, nodes)

    def _operator_seal(self, facts: ChainFacts, trust: TrustFile) -> bytes | None:
        """The operator's signature of a block, where that is what seals the network."""
        if trust.seal.kind != "operator" or self._signer is None:
            return None
        block = facts.block
        digest = operator_digest(facts.chain_id, facts.genesis_hash, block.number, block.hash)
        return self._signer.sign_digest(digest)

    def status_nonce(self, account: str) -> int:
        """The nonce of the account's next status instruction."""
        return read_nonce(self._rpc, self._deployment, "StatusRegistry", account)

    def relay_status(self, instruction: StatusInstruction) -> Block:
        """Send a signed status instruction; see `Ledger.relay_status`."""
        said = instruction
        terms = (said.participant, said.record, said.kind, said.reason, said.effective)
        data = artifact("StatusRegistry").call(
            "relay",
            (*terms, said.successor, said.account, said.nonce, said.deadline),
            ethereum_signature(said.signature),
        )
        return self._writer().send(data, self._deployment.address("StatusRegistry")).block

    def _anchor_at(self, root: bytes, block: Block) -> Anchor:
        key = (self._operator, root)
        return self.read(block, anchors=[key]).anchors[key]

    def _first_block(self, time: int, head: Block) -> int:
        """The number of the first block of that time or later; that after `head` if none is."""
        numbers = range(self._deployment.block, head.number + 1)
        before = bisect_left(
            numbers, time, key=lambda number: read_block(self._rpc, quantity(number)).time
        )
        return numbers.start + before

    def _writer(self) -> Sender:
        if self._sender is None:
            raise RefusedError("scope-missing", "There is no operator's key here to write with.")
        return self._sender
