# SPDX-License-Identifier: Apache-2.0
"""A permissioned network on one machine: four validators of distinct parties, by Clique.

Beside the four runs a node without a vote, which serves JSON-RPC: it is what Filiera
talks to, and it goes on whichever validator is stopped. docs/network.md tells the rest.
"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from filiera.stack.geth import GethNode
from filiera.stack.go_build import ensure_built
from filiera.stack.parts import await_answer
from filiera.stack.ports import LOOPBACK
from filiera.stack.processes import RunFile
from filiera.stack.tools import GETH

PARTIES: Final = ("association", "certifier", "brand consortium", "municipality")
CHAIN_ID: Final = 952952
PERIOD: Final = 1
GRACE: Final = 3.0
CONFIRMATIONS: Final = len(PARTIES) // 2
"""So many blocks after one, and more than half of the validators have sealed on it: none
of them may seal twice among so many."""
# So large that no block is half full: the base fee of EIP-1559 then stays zero.
_GAS_LIMIT: Final = 1_000_000_000
_EPOCH: Final = 30_000
_FORKS: Final = (
    *("homestead", "eip150", "eip155", "eip158", "byzantium", "constantinople"),
    *("petersburg", "istanbul", "berlin", "london"),
)


@dataclass(frozen=True, slots=True)
class Validator:
    """Who seals: the party for people, its address in lower-case hex with 0x."""

    party: str
    address: str


class CliqueNetwork:
    """Four validators and a node that serves; a context manager.

    Entering it builds geth if this user has none, founds the network unless the state
    folder holds one, starts everything and returns when the first new block is there.
    `url` is then the node's JSON-RPC (eth, net, web3, clique), `validators` who may seal,
    in the order of `PARTIES`. Keys are made there and never leave the state folder.
    Leaving it stops everything within about `GRACE` seconds. What runs is noted in
    `run_file`; `shield` puts a stop signal off while a child is started or stopped.

    `port`: of the JSON-RPC, 0 for a free one. Raises `SetupError` and `UnavailableError`
    (`chain-unreachable`) on entering; then nothing is left running.
    """

    def __init__(
        self,
        state: Path,
        run_file: RunFile,
        *,
        port: int = 0,
        shield: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.validators: tuple[Validator, ...] = ()
        self.url = ""
        self._folder = state.absolute() / "network"
        self._logs = state.absolute() / "logs"
        self._run_file = run_file
        self._port = port
        self._shield = shield
        self._channels: Path | None = None
        self._nodes: list[GethNode] = []

    def __enter__(self) -> CliqueNetwork:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def log(self) -> Path:
        """The log of the node that serves."""
        return self._logs / "chain.log"

    def output(self) -> str:
        """Everything that the node that serves has said."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def start(self) -> str:
        """Start the network; its `url`. After a failure `stop` is to be called."""
        ensure_built(GETH)
        # The path of a socket file may have about a hundred characters, a state folder more.
        self._channels = Path(tempfile.mkdtemp(prefix="filiera-"))
        names = (*(f"validator {party}" for party in PARTIES), "chain node")
        self._nodes = [
            GethNode(name, self._folder / str(place), self._channels / str(place))
            for place, name in enumerate(names, start=1)
        ]
        if not self._genesis.exists():
            self._found()
        addresses = (node.account() for node in self._nodes[:-1])
        self.validators = tuple(map(Validator, PARTIES, addresses))
        self._start_nodes()
        self._introduce()
        self._seal()
        return self.url

    def stop_validator(self, place: int) -> None:
        """Stop the validator of that place in `PARTIES`; the others go on. Twice is once."""
        with self._shield():
            node = self._nodes[place]
            if place < len(PARTIES) and node.started:
                node.child.stop(GRACE)

    def stop(self, grace: float = GRACE) -> None:
        """Stop everything within about `grace` seconds; twice is once."""
        with self._shield():
            children = [node.child for node in self._nodes if node.started]
            for child in children:
                child.ask_to_end()
            deadline = time.monotonic() + grace
            for child in children:
                child.stop(max(0.0, deadline - time.monotonic()))
            self._nodes = []
            if self._channels is not None:
                shutil.rmtree(self._channels, ignore_errors=True)

    @property
    def _genesis(self) -> Path:
        return self._folder / "genesis.json"

    def _found(self) -> None:
        """Make keys and the first block; `genesis.json` is there once all of it is."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700, parents=True)
        password = self._folder / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_hex(16) + "\n")
        draft = self._folder / "genesis.new"
        with ThreadPoolExecutor() as pool:
            made = [pool.submit(node.make_account, password) for node in self._nodes[:-1]]
            genesis = genesis_of([each.result() for each in made], int(time.time()))
            draft.write_text(json.dumps(genesis, indent=1))
            for done in [pool.submit(node.init, draft) for node in self._nodes]:
                done.result()
        draft.replace(self._genesis)

    def _start_nodes(self) -> None:
        password = str(self._folder / "password")
        network = ["--networkid", str(CHAIN_ID)]
        logs = [*(f"validator-{place}.log" for place in range(1, len(PARTIES) + 1)), self.log.name]
        roles = [
            *(_validating(each.address, password) for each in self.validators),
            _serving(self._port),
        ]
        for node, role, log in zip(self._nodes, roles, logs, strict=True):
            with self._shield():
                node.start([*network, *role], len(PARTIES), self._logs / log, self._run_file)

    def _introduce(self) -> None:
        """Make everybody everybody's peer, and nobody else."""
        addresses = [node.await_enode() for node in self._nodes]
        for node in self._nodes:
            for address in addresses:
                node.call("admin_addTrustedPeer", address)
        for one, other in combinations(range(len(addresses)), 2):
            self._nodes[one].call("admin_addPeer", addresses[other])
        for node in self._nodes:
            await_answer(node.child, "chain", partial(_has_peers, node))

    def _seal(self) -> None:
        """Let the validators seal, for nothing, and wait until they do.

        geth takes no price of zero on its command line. The one whose turn it is comes
        last: before the others listen they would not take its block.
        """
        server = self._nodes[-1]
        self.url = server.await_url()
        head = _head(server)
        by_turn = sorted(
            zip(self.validators, self._nodes, strict=False), key=lambda p: p[0].address
        )
        turn = (head + 1) % len(by_turn)
        for _, node in [*by_turn[turn + 1 :], *by_turn[:turn], by_turn[turn]]:
            node.call("miner_setGasPrice", "0x0")
            node.call("miner_start")
        await_answer(server.child, "chain", lambda: _head(server) > head or None)


def genesis_of(validators: list[str], instant: int) -> dict[str, Any]:
    """The first block: who may seal, every fork up to London, gas for nothing, no funds.

    `validators` are addresses in hex with 0x, `instant` is Unix time in seconds (EIP-225).
    """
    signers = "".join(sorted(each[2:] for each in validators))
    return {
        "config": {
            "chainId": CHAIN_ID,
            **{f"{fork}Block": 0 for fork in _FORKS},
            "clique": {"period": PERIOD, "epoch": _EPOCH},
        },
        "timestamp": hex(instant),
        "difficulty": "0x1",
        "gasLimit": hex(_GAS_LIMIT),
        "baseFeePerGas": "0x0",
        "extraData": f"0x{'00' * 32}{signers}{'00' * 65}",
        "alloc": {},
    }


def _validating(address: str, password: str) -> list[str]:
    return [
        *("--unlock", address, "--password", password, "--miner.etherbase", address),
        *("--miner.gaslimit", str(_GAS_LIMIT)),
    ]


def _serving(port: int) -> list[str]:
    return [
        *("--http", "--http.addr", LOOPBACK, "--http.port", str(port)),
        *("--http.api", "eth,net,web3,clique"),
    ]


def _has_peers(node: GethNode) -> bool | None:
    return int(node.call("net_peerCount"), 16) >= len(PARTIES) or None


def _head(node: GethNode) -> int:
    return int(node.call("eth_blockNumber"), 16)
