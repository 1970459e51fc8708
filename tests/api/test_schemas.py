# SPDX-License-Identifier: Apache-2.0
"""The schemas that are published are those that the code reads by."""

from __future__ import annotations

import pytest

from scripts.write_schemas import SCHEMAS
from tests.support.server import Server


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_published_under_its_name(server: Server, name: str) -> None:
    response = server.client.get(f"/v1/schemas/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/schema+json"
    assert response.json() == SCHEMAS[name]()


@pytest.mark.parametrize("name", ["trust-v2.json", "trust-v1", "..", "%2e%2e%2flayout.json", ""])
def test_there_is_nothing_under_any_other_name(server: Server, name: str) -> None:
    response = server.client.get(f"/v1/schemas/{name}")
    assert response.status_code == 404
    assert response.json()["code"] == "not-found"
