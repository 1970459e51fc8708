# SPDX-License-Identifier: Apache-2.0
import json
import subprocess
import sys

import pytest

from tests.support.patience import HANGS

ADAPTERS = ["filiera.adapters.keys.keystore", "filiera.adapters.ledger.node"]


@pytest.mark.parametrize("order", [ADAPTERS, ["eth_account", *reversed(ADAPTERS)]])
def test_no_library_leaves_deeply_nested_json_to_kill_the_process(order):
    program = f"import json, {', '.join(order)}\ntry: json.loads('[' * 200_000)\n"
    program += "except RecursionError: print(json.dumps('refused'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=HANGS)
    assert (done.returncode, json.loads(done.stdout)) == (0, "refused")
