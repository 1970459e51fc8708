# SPDX-License-Identifier: Apache-2.0
"""What a command works with: server, keys, chain; each found when it is first asked for.

An option wins, then the environment (the options read it), then a demonstration that runs
beside, then what a local server uses.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filiera.cli.output import Output
from filiera.cli.running import Running, find_running
from filiera.cli.words import say
from filiera.errors import InputError, NotFoundError, UnavailableError

if TYPE_CHECKING:
    from filiera.adapters.keys.account import LocalSigner
    from filiera.adapters.keys.keystore import Keystore
    from filiera.adapters.ledger.deployment import Deployment
    from filiera.adapters.ledger.rpc import Rpc
    from filiera.cli.client import Api
    from filiera.ports.ledger import Ledger
    from filiera.ports.registrar import Registrar
    from filiera.proof.evidence import Trust

DEFAULT_API: Final = "http://127.0.0.1:8952"
DEFAULT_NODE: Final = "http://127.0.0.1:8953"
DEFAULT_KEYS: Final = Path(".filiera", "keys")
DEFAULT_DEPLOYMENT: Final = Path(".filiera", "deployment.json")


@dataclass(frozen=True, slots=True)
class Chain:
    """What a signature is made for: the chain's id, and the registries' addresses by name."""

    id: int
    contracts: Mapping[str, str]


@dataclass(frozen=True)
class Session:
    """One command's view of the world; the members are its options, None where not given."""

    out: Output
    api_url: str | None = None
    keys: Path | None = None
    password_file: Path | None = None
    key: str | None = None
    deployment_file: Path | None = None
    node_url: str | None = None

    @cached_property
    def running(self) -> Running:
        """The demonstration that runs beside, if one does."""
        return find_running()

    @cached_property
    def api(self) -> Api:
        """The server."""
        from filiera.cli.client import Api, open_http

        return Api(open_http(self.api_url or self.running.web or DEFAULT_API))

    @cached_property
    def keystore(self) -> Keystore:
        """The folder of keys."""
        from filiera.adapters.keys.keystore import Keystore

        return Keystore(self.keys or self.running.keys or DEFAULT_KEYS)

    @cached_property
    def key_name(self) -> str:
        """The key to sign with; raises InputError (`usage`) when that is not clear."""
        if self.key is not None:
            return self.key
        names = [info.name for info in self.keystore.list()]
        if self.running.default_key in names and self.keys is None:
            return str(self.running.default_key)
        if len(names) == 1:
            return names[0]
        if not names:
            raise NotFoundError(
                "key-not-found",
                say("key.none", folder=self.keystore.folder),
                hint=say("key.none.hint"),
            )
        raise InputError("usage", say("key.which"), hint=f"--as {', '.join(names)}")

    @cached_property
    def signer(self) -> LocalSigner:
        """The key, unlocked; asks for its password if no file gives it."""
        with_password = self.password(say("password.of", name=self.key_name))
        with self.out.working(say("working.unlock")):
            return self.keystore.unlock(self.key_name, with_password)

    def password(self, question: str, *, twice: bool = False) -> str:
        """A password: from the file, else typed.

        Raises InputError (`usage`) without a terminal, `key-password` when two differ.
        """
        file = self.password_file or (self.running.password_file if self.keys is None else None)
        if file is not None:
            return _first_line(file)
        if not has_terminal():
            raise InputError("usage", say("password.nobody"), hint=say("password.nobody.hint"))
        given = ask_password(question)
        if twice and not given:
            raise InputError("key-password", say("password.empty"))
        if twice and ask_password(say("password.again")) != given:
            raise InputError("key-password", say("password.differ"))
        return given

    @property
    def deployment_path(self) -> Path:
        """The deployment file: what was chosen, else where a local server keeps it."""
        return self.deployment_file or self.running.deployment or DEFAULT_DEPLOYMENT

    @cached_property
    def deployment(self) -> Deployment:
        """The deployment file: which chain, which contracts, which founder.

        Raises `chain-mismatch` when there is none to be read.
        """
        from filiera.adapters.ledger.deployment import load_deployment

        return load_deployment(self.deployment_path)

    @cached_property
    def chain(self) -> Chain:
        """The chain to sign for: by the deployment file if there is one, else the server's."""
        if self.deployment_file is not None or self.deployment_path.exists():
            contracts = {name: each.address for name, each in self.deployment.contracts.items()}
            return Chain(self.deployment.chain_id, contracts)
        said = self.api.get("/chain")
        return Chain(int(said["chainId"]), dict(said["contracts"]))

    @property
    def node(self) -> str:
        """Where the chain's node is."""
        return self.node_url or self.running.node or DEFAULT_NODE

    @cached_property
    def rpc(self) -> Rpc:
        """The chain's node."""
        from filiera.adapters.ledger.rpc import Rpc

        return Rpc(self.node)

    @cached_property
    def ledger(self) -> Ledger:
        """The chain, read by this program itself; raises `chain-mismatch` for another one.

        A node that does not answer is found out when it is asked for facts.
        """
        from filiera.adapters.ledger.deployment import check_deployment
        from filiera.adapters.ledger.node import Web3Ledger

        with suppress(UnavailableError):
            check_deployment(self.rpc, self.deployment, self.deployment_path)
        return Web3Ledger(self.rpc, self.deployment)

    @property
    def trust(self) -> Trust:
        """What the deployment file makes this program believe."""
        from filiera.proof.evidence import Trust

        said = self.deployment
        founder = bytes.fromhex(said.founder[2:])
        return Trust(said.chain_id, bytes.fromhex(said.genesis_hash[2:]), frozenset({founder}))

    @cached_property
    def registrar(self) -> Registrar:
        """The association's hand in the ParticipantRegistry, with the chosen key."""
        from filiera.adapters.ledger.registrar import Web3Registrar

        return Web3Registrar(self.rpc, self.deployment, self.signer)


def has_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def ask_password(question: str) -> str:
    """Ask a person at the terminal, without showing what is typed."""
    return getpass.getpass(f"{question}: ", stream=sys.stderr)


def _first_line(file: Path) -> str:
    lines = file.read_text("utf-8").splitlines()
    if not lines or not lines[0]:
        raise InputError("key-password", say("password.file.empty"), where=str(file))
    return lines[0]
