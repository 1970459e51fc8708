# SPDX-License-Identifier: Apache-2.0
"""A file that is no bundle gets one sentence and its exit code, in little memory.

`filiera verify` is held to the same in tests/cli/test_verify_bundle.py.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from filiera.proof.bundle import MAX_BYTES
from filiera.stack.tools import find_node
from tests.mutation.goods import good
from tests.support.compressed import PLAIN, READ, REFUSED
from tests.support.patience import HANGS
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
HEAP = "--max-old-space-size=192"
"""Megabytes for a file of thirty: who makes a value of every bracket needs two thousand."""
HEAD = b'{"filieraBundle":1,'
BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "json-malformed"),
    "no JSON": (b"\x00\x01 no JSON", "json-malformed"),
    "no bundle": (b'{"hello":1}', "bundle-malformed"),
    "a newer version": (b'{"filieraBundle":2}', "bundle-version"),
    "a hundred megabytes": (HEAD + b'"nodes":"' + b"A" * (100 << 20) + b'"}', "bundle-too-large"),
    "brackets without end": (HEAD + b'"nodes":' + b"[" * (30 << 20), "json-too-deep"),
    "objects without end": (HEAD + b'"nodes":[' + b"{}," * (10 << 20), "bundle-too-large"),
    "numbers without end": (HEAD + b'"nodes":[' + b"1," * (15 << 20), "bundle-too-large"),
    "a number without end": (HEAD + b'"nodes":' + b"9" * (30 << 20), "json-not-i-json"),
    "more nodes than records need": (
        HEAD + b'"records":[{"jws":"a"}],"nodes":[' + b'"AA",' * 200_000 + b'"AA"]}',
        "bundle-too-large",
    ),
    "nodes without end": (HEAD + b'"nodes":[' + b'"AA",' * 2_000_000, "bundle-too-large"),
}


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built command."""
    folder = tmp_path_factory.mktemp("built")
    run_node("backend/verifier/build.mjs", str(folder))
    return folder / "verify.mjs"


def run(command: Path, *arguments: object) -> tuple[int, str, str]:
    finished = subprocess.run(
        [str(find_node().path), HEAP, str(command), *map(str, arguments)],
        capture_output=True,
        timeout=HANGS,
    )
    return finished.returncode, finished.stdout.decode(), finished.stderr.decode()


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_no_bundle_could_not_be_checked_and_says_why(
    command: Path, tmp_path: Path, what: str
) -> None:
    data, code = BAD[what]
    file, trust = tmp_path / "bundle.json", tmp_path / "trust.json"
    file.write_bytes(data)
    trust.write_bytes(good("qbft").trust)
    status, said, complaint = run(command, file, "--trust", trust)
    assert (status, said) == (3, "")
    assert complaint.startswith(f"{code}: ")
    assert complaint.count("\n") == 1
    if what == "a newer version":
        assert "knows version 1" in complaint


@pytest.mark.parametrize("what", REFUSED)
def test_a_compressed_file_that_holds_no_one_bundle_could_not_be_checked(
    command: Path, tmp_path: Path, what: str
) -> None:
    data, code = REFUSED[what]
    file = tmp_path / "bundle.json.gz"
    file.write_bytes(data)
    status, said, complaint = run(command, file)
    assert (status, said) == (3, "")
    assert complaint.startswith(f"{code}: ")
    assert complaint.count("\n") == 1


@pytest.mark.parametrize("how", READ)
def test_a_compressed_bundle_is_what_is_inside_whatever_the_file_is_called(
    command: Path, tmp_path: Path, how: str
) -> None:
    plain, file = tmp_path / "plain", tmp_path / "bundle.json"
    plain.write_bytes(PLAIN)
    file.write_bytes(READ[how])
    status, said, complaint = run(command, file, "--json")
    assert (status, said, complaint) == run(command, plain, "--json")
    assert '"filieraVerdict": 1' in said


def test_a_compressed_trust_file_is_wrong_use(command: Path, tmp_path: Path) -> None:
    file, trust = tmp_path / "bundle.json", tmp_path / "trust.json.gz"
    file.write_bytes(PLAIN)
    trust.write_bytes(REFUSED["a trust file"][0])
    status, said, complaint = run(command, file, "--trust", trust)
    assert (status, said) == (2, "")
    assert "trust.json.gz" in complaint


def test_a_trust_file_that_is_far_too_large_is_wrong_use_and_says_how_large_one_is(
    command: Path, tmp_path: Path
) -> None:
    file, trust = tmp_path / "bundle.json", tmp_path / "trust.json"
    file.write_bytes(good("qbft").bundle)
    trust.write_bytes(b'{"filieraTrust":1,' + b" " * MAX_BYTES)
    status, said, complaint = run(command, file, "--trust", trust)
    assert (status, said) == (2, "")
    assert "trust-malformed: A trust file has at most 1048576 bytes." in complaint
