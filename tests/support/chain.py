# SPDX-License-Identifier: Apache-2.0
"""A real chain for tests, and a district enrolled on it.

Fixtures (tests/conftest.py makes them known everywhere):

`chain` (session)     one Hardhat node on a free port of 127.0.0.1: `chain.url`, `chain.rpc`,
                      `chain.at(instant)` and `chain.pass_time(seconds)` for its clock.
`district_once` (module)  fresh registries with their founding association and an operator.
`district` (test)     the same, put back after the test to what it was before it.
`nowhere` (test)      the URL of a port at which nobody answers, nor can begin to.

`District` enrols and signs by name: `district.enrol("spinner", Role.PRODUCER)` gives a
`Firm` with its participant id and its signer; the names "association" and "operator" are
there from the start. A name's key is always the same, so a test can be read off a trace.

    @pytest.mark.stack
    def test_something(district):
        spinner = district.enrol("spinner", Role.PRODUCER)
        receipt = district.ledger.anchor(root, 1, manifest)

A test module that uses them needs `pytestmark = pytest.mark.stack`.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from eth_abi.abi import decode

from filiera.adapters.keys.account import LocalSigner
from filiera.adapters.ledger.contracts import REGISTRIES, artifact, revert_name
from filiera.adapters.ledger.deployment import Deployment, deploy
from filiera.adapters.ledger.eip712 import (
    Domain,
    participant_domain,
    sign_consent,
    sign_instruction,
    status_domain,
)
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.registrar import Web3AccountKeeper, Web3Registrar
from filiera.adapters.ledger.rpc import RevertError, Rpc, octets
from filiera.adapters.ledger.transactions import Mined, Sender, read_block
from filiera.errors import ConflictError, FilieraError
from filiera.ports.ledger import StatusInstruction
from filiera.ports.registrar import AccountConsent
from filiera.proof.facts import Block, Role, Scope
from filiera.stack.chain import announced
from filiera.stack.tools import find_node
from tests.support.patience import HANGS
from tests.support.ports import bound

HARDHAT = Path(__file__).resolve().parents[2] / "hardhat_local"
DAY = 86_400
FAR = 2**40 - 1
"""The last instant that the contracts can tell: a deadline that does not pass."""


@dataclass(frozen=True)
class Chain:
    """A running local chain. Its clock only moves when a test moves it, or with the wall's."""

    url: str
    rpc: Rpc

    def head(self) -> Block:
        """The newest block."""
        return read_block(self.rpc, "latest")

    def at(self, instant: int) -> None:
        """Give the next block this time, which must not lie before the newest block's."""
        self.rpc.call("evm_setNextBlockTimestamp", instant)

    def pass_time(self, seconds: int) -> int:
        """Mine a block so much later than the newest one; its time."""
        self.at(self.head().time + seconds)
        self.rpc.call("evm_mine")
        return self.head().time

    @contextmanager
    def put_back(self) -> Iterator[None]:
        """Leave what is on the chain as it was, and its clock with the wall's.

        Hardhat, putting back, moves the clock ahead by as long as there was to put back: after
        many tests it would be minutes ahead, and a new block lie in a verifier's future.
        """
        before = self.rpc.call("evm_snapshot")
        try:
            yield
        finally:
            assert self.rpc.call("evm_revert", before)
            self.at(max(self.head().time, int(time.time())))
            self.rpc.call("evm_mine")


@dataclass(frozen=True)
class Firm:
    """A participant with one account."""

    id: bytes
    signer: LocalSigner

    @property
    def address(self) -> str:
        """Its account's address."""
        return self.signer.address


@dataclass
class District:
    """Deployed registries, and who is enrolled on them."""

    chain: Chain
    deployment: Deployment
    firms: dict[str, Firm] = field(default_factory=dict)

    @contextmanager
    def put_back(self) -> Iterator[None]:
        """Leave the chain, and who is enrolled, as they were."""
        firms = dict(self.firms)
        try:
            with self.chain.put_back():
                yield
        finally:
            self.firms = firms

    @property
    def association(self) -> Firm:
        """The founding association."""
        return self.firms["association"]

    @cached_property
    def registrar(self) -> Web3Registrar:
        """The founding association's registrar."""
        return self.registrar_of("association")

    @cached_property
    def ledger(self) -> Web3Ledger:
        """The ledger with the operator's key."""
        return Web3Ledger(self.chain.rpc, self.deployment, self.firms["operator"].signer)

    def registrar_of(self, name: str) -> Web3Registrar:
        """The registrar of an association of that name."""
        return Web3Registrar(self.chain.rpc, self.deployment, self.firms[name].signer)

    def keeper_of(self, name: str) -> Web3AccountKeeper:
        """The account keeper of the firm of that name."""
        return Web3AccountKeeper(self.chain.rpc, self.deployment, self.firms[name].signer)

    def enrol(
        self,
        name: str,
        roles: int = Role.PRODUCER,
        scopes: int = Scope.RECORDS | Scope.STATUS,
        *,
        by: str = "association",
    ) -> Firm:
        """Enrol a firm whose id and first account follow from its name."""
        firm = Firm(digest(name), signer(name))
        consent = self.consent(firm.id, firm.signer, scopes, by=by)
        self.registrar_of(by).enrol(roles, consent)
        self.firms[name] = firm
        return firm

    def consent(
        self,
        participant: bytes,
        account: LocalSigner,
        scopes: int,
        *,
        by: str = "association",
        nonce: int | None = None,
        deadline: int = FAR,
    ) -> AccountConsent:
        """An account's signed consent, with the nonce that is due unless told otherwise."""
        due = self.registrar.consent_nonce(account.address) if nonce is None else nonce
        wanted = AccountConsent(
            participant, self.firms[by].id, account.address, scopes, due, deadline
        )
        return sign_consent(wanted, self.consent_domain, account)

    def instruction(self, name: str, record: bytes, kind: int, **terms: Any) -> StatusInstruction:
        """A firm's signed status instruction; `terms` replace what is usual."""
        firm = self.firms[name]
        said: dict[str, Any] = {
            "participant": firm.id,
            "record": record,
            "kind": kind,
            "reason": 0,
            "effective": 0,
            "successor": bytes(32),
            "account": firm.address,
            "nonce": self.ledger.status_nonce(firm.address),
            "deadline": FAR,
            "signature": b"",
        }
        wanted = StatusInstruction(**{**said, **terms})
        return sign_instruction(wanted, self.status_domain, firm.signer)

    @property
    def consent_domain(self) -> Domain:
        """What consents are signed for."""
        return participant_domain(
            self.deployment.chain_id, self.deployment.address("ParticipantRegistry")
        )

    @property
    def status_domain(self) -> Domain:
        """What status instructions are signed for."""
        return status_domain(self.deployment.chain_id, self.deployment.address("StatusRegistry"))

    def send(self, name: str, registry: str, function: str, *arguments: Any) -> Mined:
        """A transaction of a firm's account to a registry."""
        sender = Sender(self.chain.rpc, self.deployment.chain_id, self.firms[name].signer)
        data = artifact(registry).call(function, *arguments)
        return sender.send(data, self.deployment.address(registry))

    def ask(self, registry: str, function: str, *arguments: Any) -> Any:
        """What a getter returns at the newest block."""
        contract = artifact(registry)
        data = "0x" + contract.call(function, *arguments).hex()
        call = {"to": self.deployment.address(registry), "data": data}
        return contract.result(function, octets(self.chain.rpc.call("eth_call", call, "latest")))


def digest(name: str) -> bytes:
    """32 bytes that follow from a name: a record id, a participant id, a root."""
    return sha256(name.encode()).digest()


def signer(name: str) -> LocalSigner:
    """The key of a name."""
    return LocalSigner(digest("key of " + name))


@contextmanager
def refused(error: str, **arguments: Any) -> Iterator[None]:
    """A contract refuses with this custom error, and these of its arguments."""
    with pytest.raises(ConflictError) as failure:
        yield
    assert failure.value.code == "chain-refused"
    cause = failure.value.__cause__
    assert isinstance(cause, RevertError), failure.value
    assert revert_name(cause.data) == error, failure.value
    for name, value in arguments.items():
        said = "0x" + value.hex() if isinstance(value, bytes) else value
        assert f"{name} {said}" in failure.value.message


def events(mined: Mined) -> list[tuple[str, dict[str, Any]]]:
    """What a transaction's logs say: each event's name and arguments."""
    known = {
        artifact(name).topic(entry["name"]): entry
        for name in REGISTRIES
        for entry in artifact(name).abi
        if entry["type"] == "event"
    }
    return [_event(known[octets(log["topics"][0])], log) for log in mined.logs]


def _event(abi: Any, log: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    indexed = [each for each in abi["inputs"] if each["indexed"]]
    others = [each for each in abi["inputs"] if not each["indexed"]]
    said = {
        each["name"]: decode([each["type"]], octets(topic))[0]
        for each, topic in zip(indexed, log["topics"][1:], strict=True)
    }
    values = decode([each["type"] for each in others], octets(log["data"]))
    said |= {each["name"]: value for each, value in zip(others, values, strict=True)}
    return abi["name"], said


def start_district(chain: Chain, folder: Path, deployer: str = "association") -> District:
    """Deploy fresh registries with the key of that name, and enrol an operator."""
    founder = Firm(digest("association"), signer(deployer))
    deployment = deploy(chain.rpc, founder.signer, founder.id, folder / "deployment.json")
    district = District(chain, deployment, {"association": founder})
    district.enrol("operator", Role.OPERATOR, Scope.ANCHOR)
    return district


@pytest.fixture
def nowhere() -> Iterator[str]:
    """A URL at which connections are refused: its port is taken by one who never listens."""
    with bound() as idle:
        yield f"http://127.0.0.1:{idle.getsockname()[1]}"


def run_chain(log: Path) -> subprocess.Popen[bytes]:
    """Start Hardhat in a session of its own, on a port that the system gives; not ready yet.

    It lives as long as the pipe to its shell: tests that are killed leave no chain behind.
    """
    cli = HARDHAT / "node_modules" / "hardhat" / "internal" / "cli" / "cli.js"
    if not cli.exists():
        pytest.fail("hardhat_local/node_modules is not there: run `make setup`")
    command = [str(find_node().path), str(cli), "node", "--hostname", "127.0.0.1"]
    with log.open("wb") as out:
        return subprocess.Popen(
            [
                "/bin/sh",
                "-c",
                '"$@" & read -r _; kill $!; wait',
                "sh",
                *command,
                "--port",
                "0",
            ],
            cwd=HARDHAT,
            env={**os.environ, "HARDHAT_DISABLE_TELEMETRY_PROMPT": "true"},
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def stop_chain(process: subprocess.Popen[bytes]) -> None:
    """Stop what `run_chain` started, and wait until it is gone."""
    if process.stdin is not None:
        process.stdin.close()
    process.wait(HANGS)


def await_chain(process: subprocess.Popen[bytes], log: Path) -> str:
    """The URL of the chain, once it answers there."""
    end = time.monotonic() + HANGS
    while process.poll() is None and time.monotonic() < end:
        url = announced(log.read_text())
        if url is not None and _answers(url):
            return url
        time.sleep(0.05)
    pytest.fail(f"the chain does not answer:\n{log.read_text()}")


def _answers(url: str) -> bool:
    try:
        Rpc(url).call("eth_chainId")
    except FilieraError:
        return False
    return True


@contextmanager
def running_chain() -> Iterator[Chain]:
    """A local chain of its own, with a genesis block of its own."""
    with tempfile.TemporaryDirectory(prefix="filiera-chain-") as folder:
        log = Path(folder) / "hardhat.log"
        process = run_chain(log)
        try:
            url = await_chain(process, log)
            yield Chain(url, Rpc(url, timeout=HANGS, longest=HANGS))
        finally:
            stop_chain(process)


@pytest.fixture(scope="session")
def chain() -> Iterator[Chain]:
    """One local chain for the whole session."""
    with running_chain() as started:
        yield started


@pytest.fixture(scope="module")
def district_once(chain: Chain, tmp_path_factory: pytest.TempPathFactory) -> District:
    """Fresh registries with an association and an operator, for one module."""
    return start_district(chain, tmp_path_factory.mktemp("district"))


@pytest.fixture
def district(district_once: District) -> Iterator[District]:
    """The module's district; the chain and what is enrolled are put back after the test."""
    with district_once.put_back():
        yield district_once
