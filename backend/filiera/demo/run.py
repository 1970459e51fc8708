# SPDX-License-Identifier: Apache-2.0
"""The demonstration from start to end: start, enrol, sign, anchor, check, show, serve."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from mimetypes import guess_type
from pathlib import Path

from rich.table import Table
from rich.text import Text

from filiera.adapters.ledger.rpc import Rpc
from filiera.cli.client import Api, open_http
from filiera.cli.failing import EXIT_OF_OUTCOME
from filiera.cli.output import bulleted, clean_lines, plain_console, to_json
from filiera.cli.running import DEMO_FILE
from filiera.cli.show_passport import render_passport
from filiera.cli.typed import ChosenFile
from filiera.cli.words import language, say
from filiera.demo.content import Content, Session, content_for
from filiera.demo.out import write_out
from filiera.demo.people import People
from filiera.demo.request import DemoRequest, Network, Tamper, read_request
from filiera.demo.sealed import sealed_bundle, sealed_passport
from filiera.demo.server import WebServer
from filiera.demo.tamper import Place, tamper_before, tamper_evidence
from filiera.demo.ways import open_to_network, public_address, ways_to
from filiera.proof.jws import record_id
from filiera.services.accept import File
from filiera.services.passport_view import PassportView, passport_view, verdict_sentence
from filiera.settings import Settings, load_settings
from filiera.stack.local import Stack
from filiera.stack.network import CONFIRMATIONS
from filiera.stack.paths import demo_dir
from filiera.stack.ports import Ports, ports_from
from filiera.stack.signals import Stopped, StopSignals
from filiera.web.app import create_site
from filiera.wiring import build

BATCH_AGE = 2
"""Seconds until what a person submits to a running demonstration is anchored."""
INTERRUPTED = 128
OCTETS = "application/octet-stream"


def run_demo(environment: Mapping[str, str] = os.environ, *, as_json: bool = False) -> int:
    """Run the demonstration that the environment asks for; the exit code of its verdict.

    Raises FilieraError for wrong use and for parts that do not start.
    """
    request, ports = read_request(environment), ports_from(environment)
    now = int(time.time())
    content = content_for(request, now)
    request = replace(request, public=public_address(request.public))
    verdict_code: int | None = None
    try:
        with StopSignals() as signals, ExitStack() as held:
            demo = Demo(request, ports, content, now, as_json=as_json)
            state = demo_dir(environment)
            demo.note("demo.starting")
            stack = held.enter_context(
                Stack(
                    state,
                    ports=ports,
                    signals=signals,
                    chain="clique" if request.network is Network.CLIQUE else "dev",
                )
            )
            demo.prepare(stack, held)
            verdict_code = demo.show()
            if not request.once:
                demo.serve()
    except Stopped as stopped:
        return INTERRUPTED + stopped.signum if verdict_code is None else verdict_code
    return verdict_code if verdict_code is not None else INTERRUPTED


class Demo:
    """One run. Remarks on the way go to stderr, what was found to stdout."""

    def __init__(
        self, request: DemoRequest, ports: Ports, content: Content, now: int, *, as_json: bool
    ) -> None:
        self._request = request
        self._ports = ports
        self._content = content
        self._now = now
        self._as_json = as_json
        # With JSON, stdout is one JSON value, and what people read goes to stderr.
        self._console = plain_console(stderr=as_json)
        self._err = plain_console(stderr=True)

    def prepare(self, stack: Stack, held: ExitStack) -> None:
        """Everything up to the point where there is a passport to check."""
        self._stack = stack
        if stack.leftovers:
            self.note("demo.leftovers", names=", ".join(stack.leftovers))
        settings = self._settings(stack)
        people = People(settings.keys, stack.state / "password", self._content.people)
        self.note("demo.enrolling", count=len(self._content.people))
        rpc = Rpc(stack.chain_url)
        planned = self._content.identities
        wait = settings.confirmations
        identities = people.found(rpc, settings.deployment, planned, self._now, confirmations=wait)
        self._services = build(settings)
        listening = self._ports.web.listen()
        site = create_site(self._services, settings=settings)
        self._web = held.enter_context(WebServer(site, listening))
        self._public = self._open_to_network(settings, held)
        self._announce(settings, held)
        session = Session(people, self._services, self._submit, self._now)
        self.note("demo.loading")
        self._product = self._content.load(session, identities)
        serves = not self._request.once
        self._ways = ways_to(self._product, self._web.url, self._public, settings, serves=serves)

    def show(self) -> int:
        """Tamper if asked, assemble, check, print; the exit code of the verdict."""
        sealed = self._sealed()
        self._tamper()
        gathered = self._services.passports.gather(self._product)
        gathered, said = tamper_evidence(self._request.tamper, gathered)
        if said:
            self._console.print(said)
        if sealed is None:
            passport = self._services.passports.judge(self._product, gathered)
        else:
            passport = sealed_passport(self._services, self._product, sealed, gathered)
        view = passport_view(passport)
        if self._request.out is not None:
            left = write_out(self._request.out, view, self._services, self._ways.label)
            self.note("demo.out", folder=str(self._request.out), files=", ".join(left))
        self._print(view, verdict_sentence(passport.verdict))
        return EXIT_OF_OUTCOME[passport.verdict.outcome]

    def _sealed(self) -> bytes | None:
        """Where several parties seal, the bundle by whose facts is judged, altered or not."""
        without = self._request.tamper is Tamper.CHAIN_DOWN
        if self._request.network is not Network.CLIQUE or without:
            return None
        self.note("demo.sealing")
        return sealed_bundle(self._services, self._product)

    def serve(self) -> None:
        """Until somebody says stop."""
        self.note("demo.serving")
        while True:
            signal.pause()

    def _open_to_network(self, settings: Settings, held: ExitStack) -> str | None:
        """With PUBLIC, where the local network sees the pages."""
        address, web = self._request.public, self._ports.web
        if address is None:
            return None
        return open_to_network(address, web.chosen or web.default, self._services, settings, held)

    def _settings(self, stack: Stack) -> Settings:
        return load_settings(
            database=f"sqlite:///{stack.state / 'filiera.db'}",
            chain_url=stack.chain_url,
            deployment=stack.state / "deployment.json",
            ipfs_api=stack.ipfs_api,
            keys=stack.state / "keys",
            operator_password_file=stack.state / "password",
            batch_age=BATCH_AGE,
            **_sealed_by(stack),
        )

    def _submit(self, records: Sequence[bytes], files: Sequence[File]) -> None:
        """Hand records in over HTTP, as anybody does."""
        api = Api(open_http(self._web.url))
        chosen = [ChosenFile(f.name, f.data, guess_type(f.name)[0] or OCTETS) for f in files]
        for result in api.submit([(record_id(jws), jws) for jws in records], chosen):
            if result.error is not None:
                raise result.error

    def _announce(self, settings: Settings, held: ExitStack) -> None:
        """What runs where, and a file that tells the other commands."""
        stack = self._stack
        running = {
            "web": self._web.url,
            "node": stack.chain_url,
            "deployment": str(settings.deployment),
            "keys": str(settings.keys),
            "passwordFile": str(settings.operator_password_file),
            "defaultKey": self._content.default_key,
            **({"public": self._public} if self._public else {}),
        }
        path = stack.state / DEMO_FILE.name
        path.write_text(json.dumps(running, indent=2) + "\n", "utf-8")
        held.callback(path.unlink, missing_ok=True)
        for part in stack.parts:
            moved = say("demo.moved", port=part.left_port) if part.left_port else ""
            self._console.print(f"{part.name:<14}{part.address}{moved}")
        web = self._ports.web
        taken = not web.chosen and str(web.default) not in self._web.url
        moved = say("demo.moved", port=web.default) if taken else ""
        self._console.print(f"{web.name:<14}{self._web.url}{moved}")
        if self._public:
            self._console.print(f"{'public':<14}{self._public}{say('demo.public')}")
        self._console.print(f"{'state':<14}{_short(stack.state)}")

    def _tamper(self) -> None:
        kind = self._request.tamper
        if kind is None:
            return
        stack = self._stack
        place = Place(
            database=f"sqlite:///{stack.state / 'filiera.db'}",
            ipfs=stack.ipfs_path,
            stop_chain=lambda: stack.stop_part("chain"),
        )
        said = tamper_before(kind, self._services, place, self._product)
        if said:
            self._console.print(said)

    def _print(self, view: PassportView, sentence: str) -> None:
        self._console.print()
        render_passport(self._console, view, language())
        for note in self._content.notes(serves=not self._request.once):
            self._console.print(noted(note))
        self._console.print()
        self._ways.show(self._console)
        if self._as_json:
            said = {"web": self._web.url, "page": self._ways.here, "phone": self._ways.phone}
            print(to_json({**said, "passport": view}), flush=True)
            return
        # These lines are for programs too: plain, unwrapped, English everywhere.
        lines = [*self._ways.lines, f"web: {self._web.url}", f"passport {view.id}: {sentence}"]
        print("\n".join(lines), flush=True)

    def note(self, key: str, /, **params: str | int) -> None:
        """A remark on the way, on stderr."""
        self._err.print(say(key).format_map(params), style="dim")


def noted(note: str | tuple[str, ...]) -> Text | Table:
    """A remark, or a list of them; in both may stand what files of others say."""
    if isinstance(note, str):
        return Text(clean_lines(note))
    return bulleted((line,) for line in note)


def _sealed_by(stack: Stack) -> dict[str, object]:
    """The settings that say who seals the chain; nothing for the operator's own."""
    if stack.clique is None:
        return {}
    validators = ",".join(each.address for each in stack.clique.validators)
    return {"seal": "clique", "validators": validators, "confirmations": CONFIRMATIONS}


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
