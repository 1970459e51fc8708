# SPDX-License-Identifier: Apache-2.0
"""docs/api.md says what there is, all of it and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from filiera.api.bodies import JWS_TYPES
from filiera.api.problems import STATUS
from filiera.errors import CODES
from tests.support.server import Server

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "api.md").read_text("utf-8")


def test_every_endpoint_is_documented_and_every_documented_one_is_there(server: Server) -> None:
    paths = server.client.get("/openapi.json").json()["paths"]
    served = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    documented = re.findall(r"^### ((?:GET|POST) \S+)$", TEXT, re.MULTILINE)
    assert sorted(documented) == sorted(served)


def test_every_status_of_a_problem_is_documented() -> None:
    documented = {int(status) for status in re.findall(r"^\| (\d{3}) \|", TEXT, re.MULTILINE)}
    assert documented == {*STATUS.values(), 413, 415}


def test_codes_and_types_named_there_exist() -> None:
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", TEXT))
    assert named <= {*CODES, "x-content-type-options"}, named - set(CODES)
    assert all(kind in TEXT for kind in JWS_TYPES)


def test_the_decisions_it_points_to_are_there() -> None:
    for target in re.findall(r"\]\((decisions/[^)]+)\)", TEXT):
        assert (DOCS / target).is_file()
