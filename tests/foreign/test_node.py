# SPDX-License-Identifier: Apache-2.0
"""The same vectors in TypeScript, under Node's own test runner."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from filiera.stack.tools import find_node
from tests.foreign.data import FOLDER
from tests.standards import standard
from tests.support.patience import HANGS
from tests.verifier.wire import ROOT

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
FILES = sorted(path.name for path in FOLDER.glob("*.test.ts"))


@pytest.mark.parametrize("name", FILES)
def test_every_vector_of_a_file_holds_in_the_browser_verifier(name: str) -> None:
    environment = dict(os.environ)
    if name == "standards.test.ts":
        environment["STANDARDS"] = str(standard("qbft").parent)
    command = [str(find_node().path), "--test", "--test-reporter=tap", str(FOLDER / name)]
    finished = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=HANGS
    )
    counts = dict(re.findall(r"^# (tests|pass|skipped) ([0-9]+)$", finished.stdout, re.M))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert int(counts["pass"]) == int(counts["tests"]) > 1, finished.stdout
