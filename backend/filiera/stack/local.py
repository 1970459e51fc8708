# SPDX-License-Identifier: Apache-2.0
"""The local stack: a chain and an IPFS node that live as long as one block of code."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeVar

from filiera.errors import ConflictError, SetupError, UnavailableError
from filiera.stack.chain import await_chain, start_chain
from filiera.stack.ipfs import await_ipfs, start_ipfs
from filiera.stack.locks import exclusive_lock
from filiera.stack.network import CliqueNetwork
from filiera.stack.ports import Port, Ports
from filiera.stack.processes import Child, RunFile
from filiera.stack.signals import StopSignals

PartName = Literal["chain", "ipfs"]
ChainKind = Literal["dev", "clique"]
"""The local chain of one operator, or the network of four parties."""
Answer = TypeVar("Answer")
Running = TypeVar("Running", Child, CliqueNetwork)
MARK: Final = "filiera-state"
# In the order in which they stop; together with the API's own end under 15 s.
GRACE: Final[dict[PartName, float]] = {"chain": 3.0, "ipfs": 5.0}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that answers: where, its log, and the default port that it had to leave."""

    name: str
    address: str
    log: Path
    left_port: int | None


class Stack:
    """A chain and an IPFS node in one state folder; a context manager.

    Entering it takes the folder for this process alone, ends what a killed run left in
    it, empties it when `fresh`, starts both parts and waits until they answer. Leaving it
    stops them. With `signals`, a stop signal is put off while a child is started or stopped.
    `chain_url` is the chain's JSON-RPC, `ipfs_api` the multiaddr of the IPFS node's RPC
    API, `gateway_url` its HTTP gateway; `leftovers` names what a killed run had left;
    `clique` is the network of four parties, where that is the chain.

    Raises `ConflictError` (`already-running`, `port-taken`), `SetupError` and
    `UnavailableError` (`chain-unreachable`, `ipfs-unreachable`) on entering; then
    nothing is left running.
    """

    def __init__(
        self,
        state: Path,
        *,
        ports: Ports | None = None,
        signals: StopSignals | None = None,
        fresh: bool = True,
        chain: ChainKind = "dev",
    ) -> None:
        self.state = state.absolute()
        self.ipfs_path = self.state / "ipfs"
        self.leftovers: list[str] = []
        self.parts: list[Part] = []
        self.chain_url = ""
        self.ipfs_api = ""
        self.gateway_url = ""
        self._ports = ports or Ports()
        self._signals = signals
        self._fresh = fresh
        self._chain = chain
        self._children: dict[PartName, Child | CliqueNetwork] = {}
        self._held = ExitStack()

    def __enter__(self) -> Stack:
        try:
            self._hold()
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def clique(self) -> CliqueNetwork | None:
        """The network of four parties, while it runs."""
        chain = self._children.get("chain")
        return chain if isinstance(chain, CliqueNetwork) else None

    def stop(self) -> None:
        """Stop every part, chain first, and let the folder go; twice is once."""
        with self._shield():
            for name in GRACE:
                self.stop_part(name)
            self._held.close()

    def stop_part(self, name: PartName) -> None:
        """Stop one part and leave the other running; twice is once."""
        child = self._children.pop(name, None)
        if child is not None:
            child.stop(GRACE[name])

    def _hold(self) -> None:
        """Make the folder ours: marked, locked, cleared of a killed run's children."""
        _claim(self.state)
        try:
            self._held.enter_context(exclusive_lock(self.state / "lock"))
        except BlockingIOError as error:
            raise ConflictError(
                "already-running",
                "Another Filiera runs on this state folder.",
                where=str(self.state),
                hint="Stop it first (Ctrl-C in its terminal).",
            ) from error
        self._run_file = RunFile(self.state / "run.json")
        self.leftovers = self._run_file.stop_leftovers()
        if self._fresh:
            _empty(self.state)

    def _start(self) -> None:
        logs, ports = self.state / "logs", self._ports
        self.chain_url = self._begin_network() if self._chain == "clique" else self._begin_local()
        self.ipfs_api, self.gateway_url = self._begin(
            "ipfs",
            lambda free: start_ipfs(
                self.ipfs_path,
                ports.ipfs.pick(free=free),
                ports.gateway.pick(free=free),
                logs / "ipfs.log",
                self._run_file,
            ),
            lambda child: await_ipfs(child, self.ipfs_path),
        )
        self.parts = [
            self._part("chain", ports.chain, self.chain_url),
            self._part("ipfs", ports.ipfs, self.ipfs_api),
            self._part("ipfs", ports.gateway, self.gateway_url),
        ]

    def _begin_local(self) -> str:
        port, log = self._ports.chain, self.state / "logs" / "chain.log"
        return self._begin(
            "chain",
            lambda free: start_chain(port.pick(free=free), log, self._run_file),
            await_chain,
        )

    def _begin_network(self) -> str:
        port = self._ports.chain
        return self._begin(
            "chain",
            lambda free: CliqueNetwork(
                self.state, self._run_file, port=port.pick(free=free), shield=self._shield
            ),
            CliqueNetwork.start,
        )

    def _begin(
        self,
        name: PartName,
        start: Callable[[bool], Running],
        answer: Callable[[Running], Answer],
    ) -> Answer:
        """Start a part and wait until it answers.

        Between looking at a default port and listening there somebody else may take it:
        then the part starts once more on free ports.
        """
        try:
            return answer(self._child(name, start, free=False))
        except UnavailableError:
            if not _lost_its_port(self._children[name]):
                raise
        self.stop_part(name)
        return answer(self._child(name, start, free=True))

    def _child(self, name: PartName, start: Callable[[bool], Running], *, free: bool) -> Running:
        with self._shield():
            self._children[name] = child = start(free)
        return child

    def _part(self, child: PartName, port: Port, address: str) -> Part:
        taken = int(re.findall(r"\d+", address)[-1])
        left = port.default if not port.chosen and taken != port.default else None
        return Part(port.name, address, self._children[child].log, left)

    def _shield(self) -> AbstractContextManager[None]:
        return self._signals.shield() if self._signals else nullcontext()


def _lost_its_port(child: Child | CliqueNetwork) -> bool:
    said = child.output()
    return "address already in use" in said or "EADDRINUSE" in said


def _claim(state: Path) -> None:
    """Refuse a folder that holds somebody's files: what is ours is emptied at the next start."""
    mark = state / MARK
    if state.is_dir() and any(state.iterdir()) and not mark.exists():
        raise SetupError(
            "setting-invalid",
            "The state folder is not empty and was not made by Filiera.",
            where=str(state),
            hint="Name an empty folder or one that does not exist.",
        )
    state.mkdir(parents=True, exist_ok=True)
    mark.write_text("Filiera's state folder: it is emptied when a demonstration starts.\n")


def _empty(state: Path) -> None:
    for entry in state.iterdir():
        if entry.name in {MARK, "lock", "run.json"}:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
