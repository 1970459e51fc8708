# SPDX-License-Identifier: Apache-2.0
"""The Node command and the page: each one file, that needs and asks for nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from filiera.proof.trust import dump_trust, trust_digest
from filiera.stack.tools import find_node
from tests.support.patience import HANGS
from tests.support.running import Running
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
MOST = 150_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    run_node("backend/verifier/build.mjs", str(folder))
    return folder


def test_the_types_hold() -> None:
    run_node("backend/verifier/node_modules/.bin/tsc", "-p", "backend/verifier")


def test_two_builds_are_byte_equal_and_small(built: Path, tmp_path: Path) -> None:
    run_node("backend/verifier/build.mjs", str(tmp_path))
    names = {file.name for file in built.iterdir()}
    assert names == {"verifier.html", "verify.mjs", "self-check.js"}
    for name in names:
        assert (built / name).read_bytes() == (tmp_path / name).read_bytes()
    for name in ("verifier.html", "self-check.js"):
        assert len((built / name).read_bytes()) <= MOST


def test_the_docs_tell_the_digests_of_a_clean_build(tmp_path: Path) -> None:
    told = run_node("backend/verifier/build.mjs", str(tmp_path))
    again = "run: node backend/verifier/build.mjs --docs"
    assert told in (ROOT / "docs/verifier.md").read_text("utf-8"), again
    for line in told.splitlines():
        digest, name, size, _ = re.split(r"  | (?=bytes)", line)
        if name != "its script":
            data = (tmp_path / name).read_bytes()
            assert (hashlib.sha256(data).hexdigest(), len(data)) == (digest, int(size))


def test_the_page_holds_all_that_it_needs_and_may_ask_for_nothing(built: Path) -> None:
    page = (built / "verifier.html").read_bytes().decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    for tag in ("script", "style"):
        [text] = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"<(?:link|img|iframe)\b|\bsrc=|\bfetch\(|XMLHttpRequest|WebSocket", page)


def command(built: Path, *arguments: object, language: str = "en_GB") -> tuple[int, str, str]:
    finished = subprocess.run(
        [str(find_node().path), str(built / "verify.mjs"), *map(str, arguments)],
        capture_output=True,
        timeout=HANGS,
        env=os.environ | {"LC_ALL": language},
    )
    return finished.returncode, finished.stdout.decode(), finished.stderr.decode()


def test_the_command_says_how_it_is_used_in_eighty_columns(built: Path) -> None:
    status, out, err = command(built, "--help")
    assert (status, err) == (0, "")
    assert "--trust" in out
    assert "3 could not check" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_command_says_by_its_exit_code_what_came_out(
    built: Path, running: Running, tmp_path: Path
) -> None:
    running.finish()
    bundles = running.services.bundles
    data = bundles.make(running.product)
    bundle, trust, bent = (tmp_path / name for name in ("bundle.json", "trust.json", "bent.json"))
    bundle.write_bytes(data)
    trust.write_bytes(dump_trust(bundles.trust))
    value = json.loads(data)
    value["records"][0]["anchor"]["path"].append("A" * 43)
    bent.write_text(json.dumps(value, separators=(",", ":")))

    status, out, _ = command(built, bundle, "--trust", trust, "--json")
    said: dict[str, Any] = json.loads(out)
    assert (status, said["outcome"]) == (0, "proven")
    assert said["trust"]["digest"] == "0x" + trust_digest(bundles.trust).hex()

    assert command(built, bent, "--trust", trust)[0] == 1
    assert command(built, bundle, "--trust", trust, "--subject", "https://other.example")[0] == 1
    assert command(built, bundle)[0] == 3
    status, out, err = command(built, trust, "--trust", trust, "--json")
    assert (status, json.loads(out)["error"]["code"]) == (3, "bundle-malformed")
    assert "bundle-malformed" in err
    assert command(built, bundle, "--trust", bundle)[0] == 2
    assert command(built, bundle, "--trust", trust, "--max-age", "soon")[0] == 2
    assert command(built, tmp_path / "absent.json")[0] == 2
    assert command(built)[0] == 2
    assert "passaggi" in command(built, bundle, "--trust", trust, language="it_IT")[1]

    required = command(built, bundle, "--trust", trust, "--require-documents", "--json")
    assert "document-missing" in {each["code"] for each in json.loads(required[1])["checks"]}
    folder = tmp_path / "documents"
    folder.mkdir()
    named = [line for record in said["records"] for line in record["documents"]]
    (folder / named[0]["name"]).write_bytes(b"altered")
    (folder / "holiday.jpg").write_bytes(b"nothing of this passport")
    status, out, _ = command(built, bundle, "--trust", trust, "--documents", folder, "--json")
    assert status == 1
    assert json.loads(out)["filesNotNamed"] == ["holiday.jpg"]
