# SPDX-License-Identifier: Apache-2.0
"""The demonstration as a person runs it: real chain, real IPFS, real HTTP, real signals."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import httpx
import psutil
import pytest
import zxingcpp
from PIL import Image

from filiera.proof.bundle import parse_bundle
from filiera.proof.trust import parse_trust
from filiera.services.bundle_file import passport_from_bundle
from filiera.services.passport_view import verdict_sentence
from filiera.stack.go_build import ensure_built
from filiera.stack.tools import GETH
from tests.standards import standard
from tests.support.patience import HANGS

pytestmark = pytest.mark.stack

PROVEN = "proven (7 of 7 steps; one operator's word)"
DEMO = (sys.executable, "-m", "filiera.cli.main", "demo")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def last_lines(self) -> list[str]:
        return self.out.splitlines()[-2:]


def environment(state: Path, variables: Mapping[str, str]) -> dict[str, str]:
    given = {n: v for n, v in os.environ.items() if not n.startswith(("FILIERA_", "LC_", "LANG"))}
    return {**given, "COLUMNS": "80", "FILIERA_STATE": str(state), **variables}


def run(state: Path, *options: str, **variables: str) -> Ran:
    done = subprocess.run(
        [*DEMO, *options],
        env=environment(state, {"ONCE": "1", **variables}),
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def children_of(state: Path) -> list[psutil.Process]:
    """Processes that belong to this state folder or listen for it."""
    found = []
    for process in psutil.process_iter(["environ", "cwd"]):
        environ = process.info["environ"] or {}
        if environ.get("FILIERA_STATE") == str(state) and process.pid != os.getpid():
            found.append(process)
    return found


def test_the_sample_is_proven_and_everything_is_left_in_the_folder(tmp_path: Path) -> None:
    out = tmp_path / 'what\'s "out" (here)'
    ran = run(tmp_path / "state", OUT=str(out), LC_ALL="it_IT.UTF-8")
    assert ran.code == 0, ran.err
    web, passport = ran.last_lines
    assert re.fullmatch(r"web: http://127\.0\.0\.1:\d+", web)
    product, sentence = passport.rsplit(": ", 1)
    assert re.fullmatch(r"passport https://id\.gs1\.org/01/\d{14}/10/\S+", product)
    assert sentence == PROVEN
    assert "Passaggi" in ran.out
    assert "nulla resta in servizio" in " ".join(ran.out.split())
    assert "page: " not in ran.out
    assert max(map(len, ran.out.splitlines()[:-2])) <= 80
    view = json.loads((out / "passport.json").read_text("utf-8"))
    assert view["verdict"]["source"] == "node"
    assert {check["outcome"] for check in view["verdict"]["checks"]} == {"proven"}
    presented = {
        line["sha256"]
        for record in (view["own"], *view["steps"], *view["claims"])
        for line in record["documents"]
        if line["presented"]
    }
    left = {"0x" + sha256(f.read_bytes()).hexdigest() for f in (out / "documents").iterdir()}
    assert left == presented
    trust = parse_trust((out / "trust.json").read_bytes())
    data = (out / "bundle.json").read_bytes()
    subject = product.removeprefix("passport ")
    proven = passport_from_bundle(parse_bundle(data), trust, int(time.time()), subject=subject)
    assert verdict_sentence(proven.verdict) == PROVEN
    assert children_of(tmp_path / "state") == []


def test_while_the_chain_is_down_no_bundle_is_left_not_even_an_earlier_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "bundle.json").write_text("an earlier one")
    assert run(tmp_path / "state", OUT=str(out), TAMPER="chain-down").code == 3
    assert (out / "trust.json").is_file()
    assert not (out / "bundle.json").exists()


@pytest.mark.parametrize(
    ("what", "sentence", "code", "reason"),
    [
        ("record", "disproven (6 of 7 steps; one operator's word)", 1, "record-hash-mismatch"),
        ("document", "disproven (6 of 7 steps; one operator's word)", 1, "document-hash-mismatch"),
        ("proof", "disproven (6 of 7 steps; one operator's word)", 1, "path-mismatch"),
        ("chain-down", "unknown (0 of 7 steps; one operator's word)", 3, "chain-unreachable"),
    ],
)
def test_what_is_tampered_with_is_named_by_the_check_that_fails(
    tmp_path: Path, what: str, sentence: str, code: int, reason: str
) -> None:
    ran = run(tmp_path / "state", TAMPER=what)
    assert (ran.code, ran.last_lines[1].split(": ", 1)[1]) == (code, sentence), ran.err
    assert reason in ran.out


def test_an_unknown_variable_is_wrong_use_and_starts_nothing(tmp_path: Path) -> None:
    state = tmp_path / "state"
    ran = run(state, TAMPER="everything")
    assert (ran.code, ran.out) == (2, "")
    assert "chain-down" in ran.err
    assert not state.exists()


def test_as_json_stdout_is_one_value(tmp_path: Path) -> None:
    ran = run(tmp_path / "state", "--json")
    said = json.loads(ran.out)
    assert said["passport"]["verdict"]["sentence"] == PROVEN
    assert (said["page"], said["phone"]) == (None, None)


def test_on_four_parties_the_bundle_is_proven_up_to_the_seals(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ensure_built(GETH)  # where this is its first start: for minutes, and no hanging
    ran = run(tmp_path / "state", NETWORK="clique", OUT=str(out))
    assert ran.code == 0, ran.err
    sentence = ran.last_lines[1].rsplit(": ", 1)[1]
    assert sentence == "proven (7 of 7 steps; sealed by 3 of 4 validators)"
    assert json.loads((out / "trust.json").read_text())["seal"]["kind"] == "clique"
    verify = (*DEMO[:-1], "verify", str(out / "bundle.json"), "--trust", str(out / "trust.json"))
    done = subprocess.run(verify, capture_output=True, text=True, timeout=HANGS, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1].rsplit(": ", 1)[1]) == (0, sentence)


# A person's own EPCIS documents


def test_a_linked_chain_of_epcis_documents_is_proven_step_by_step(tmp_path: Path) -> None:
    folder = standard("openepcis-dpp-ready/textile/epcis")
    ran = run(tmp_path / "state", EPCIS=str(folder))
    assert ran.code == 0, ran.err
    assert ran.last_lines[1] == (
        "passport https://id.gs1.org/01/09521234000013/21/WJ-2025-00301: "
        "proven (3 of 3 steps; one operator's word)"
    )
    assert "imported, not signed by" in " ".join(ran.out.split())


def test_a_chosen_product_and_several_files(tmp_path: Path) -> None:
    folder = standard("openepcis-dpp-ready/textile/epcis")
    files = [folder / f"transformation-{name}.jsonld" for name in ("spinning", "weaving")]
    product = "https://id.gs1.org/01/09521234000112/10/YARN-RPET-2025-088"
    ran = run(tmp_path / "state", EPCIS=",".join(map(str, files)), PRODUCT=product)
    assert ran.last_lines[1] == f"passport {product}: proven (1 of 1 steps; one operator's word)"


def test_epcis_that_makes_nothing_lists_the_products_found(tmp_path: Path) -> None:
    file = standard("gs1-epcis/examples/Example_9.6.3-AggregationEvent.jsonld")
    ran = run(tmp_path / "state", EPCIS=str(file))
    assert ran.code == 2
    assert "PRODUCT" in ran.err


# Processes, ports, signals


@contextmanager
def serving(state: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A demonstration that serves, and its web address; asked to stop, so that nothing is left."""
    with printing(state, **variables) as (process, lines):
        yield process, lines[-2].removeprefix("web: ").strip()


@contextmanager
def printing(state: Path, **variables: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The same, with all that it printed before it served."""
    process = subprocess.Popen(
        DEMO,
        env=environment(state, variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    stuck = threading.Timer(HANGS, process.kill)
    stuck.start()
    try:
        assert process.stdout is not None
        lines: list[str] = []
        while not any(line.startswith("passport ") for line in lines[-1:]):
            lines.append(process.stdout.readline())
            assert lines[-1], process.communicate()[1]
        stuck.cancel()
        yield process, lines
    finally:
        stuck.cancel()
        process.terminate()
        try:
            process.communicate(timeout=HANGS)
        finally:
            process.kill()


def test_the_network_sees_the_page_alone_and_its_code_leads_there(tmp_path: Path) -> None:
    state, out = tmp_path / "state", tmp_path / "out"
    with serving(state, PUBLIC="127.0.0.1", OUT=str(out)) as (_, web):
        public = json.loads((state / "demo.json").read_text())["public"]
        assert public != web
        (code,) = zxingcpp.read_barcodes(Image.open(out / "qr.png").convert("L"))
        assert code.text.startswith(f"{public}/01/")
        assert f"<title>{code.text}</title>" in (out / "qr.svg").read_text()
        page = code.text.removeprefix(public)
        for site in (public, web):
            shown = httpx.get(site + page, headers={"Accept": "text/html"}, timeout=HANGS)
            assert shown.status_code == 200
            assert "Cardigan Portico" in shown.text
        assert httpx.get(f"{public}/healthz", timeout=HANGS).status_code == 404
        sent = httpx.post(f"{public}/v1/records", content=b"x", timeout=HANGS)
        assert sent.status_code in (404, 405)
    assert children_of(state) == []


def test_a_demonstration_that_serves_says_where_its_page_is(tmp_path: Path) -> None:
    with printing(tmp_path / "state", FILIERA_PUBLIC_URL="https://passports.example") as (_, out):
        page, web, passport = (line.strip() for line in out[-3:])
        product = passport.removeprefix("passport https://id.gs1.org").rsplit(": ", 1)[0]
        assert page == f"page: {web.removeprefix('web: ')}{product}"
        assert not any("phone: " in line for line in out)
        html = {"Accept": "text/html"}
        shown = httpx.get(page.removeprefix("page: "), headers=html, timeout=HANGS)
        assert shown.status_code == 200


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_stop_signal_ends_everything(tmp_path: Path, name: str) -> None:
    state = tmp_path / "state"
    with serving(state) as (process, web):
        assert httpx.get(f"{web}/healthz", timeout=HANGS).status_code == 200
        assert len(children_of(state)) >= 3
        assert (state / "demo.json").exists()
        process.send_signal(getattr(signal, name))
        assert process.wait(HANGS) == 0
    assert children_of(state) == []
    assert not (state / "demo.json").exists()


def test_after_a_kill_the_next_start_clears_its_own_leftovers_and_no_others(
    tmp_path: Path,
) -> None:
    state, other = tmp_path / "state", tmp_path / "other"
    with serving(other) as (_, web):
        with serving(state) as (process, _):
            process.kill()
            process.wait()
        left = children_of(state)
        assert len(left) == 2
        ran = run(state)
        assert ran.code == 0, ran.err
        assert "left behind" in ran.err
        assert children_of(state) == []
        assert httpx.get(f"{web}/healthz", timeout=HANGS).status_code == 200
    run(other, TAMPER="proof")
    assert children_of(other) == []


def test_a_second_demonstration_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path / "state"):
        ran = run(tmp_path / "state")
    assert ran.code == 2
    assert "already-running" in ran.err
    run(tmp_path / "state", TAMPER="proof")


def test_a_chosen_port_that_is_taken_is_an_error(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run(tmp_path / "state", FILIERA_PORT=str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "port-taken" in ran.err
    assert children_of(tmp_path / "state") == []
