# SPDX-License-Identifier: Apache-2.0
"""The examples at /docs work as they stand there."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from filiera.api.openapi import examples
from tests.support.examples import Example, prepared, scenario, shortened
from tests.support.server import Server

REWRITE = "write the examples anew: python -m tests.support.examples"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    server = Server()
    found: dict[str, Any] = server.client.get("/openapi.json").json()
    server.store.close()
    return found


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_endpoint_has_an_example_and_every_example_an_endpoint(
    document: dict[str, Any],
) -> None:
    assert set(examples()) == set(operations(document)), REWRITE


def test_an_example_stands_at_every_body_and_parameter_that_must_be_given(
    document: dict[str, Any],
) -> None:
    for name, operation in operations(document).items():
        for parameter in operation.get("parameters", []):
            if parameter["required"]:
                assert "example" in parameter, name
        if "requestBody" in operation:
            content = operation["requestBody"]["content"]
            assert any("example" in body for body in content.values()), name


def test_each_example_sent_again_is_answered_with_the_status_that_it_shows() -> None:
    server = prepared()
    for written in scenario(server):
        shown = examples()[written.operation]
        body = shown["request"].get(written.media_type) if written.media_type else None
        sent = Example(written.operation, shown["parameters"], written.media_type, body)
        response = sent.send(server)
        assert response.status_code < 300, (written.operation, response.text, REWRITE)
        if response.headers["content-type"] == "application/json":
            assert str(response.status_code) in shown["responses"], written.operation
    server.store.close()


def test_every_answer_has_the_shape_that_the_document_gives_it(document: dict[str, Any]) -> None:
    server = prepared()
    for example in scenario(server):
        response = example.send(server)
        if response.headers["content-type"] == "application/json":
            described = operations(document)[example.operation]["responses"]
            schema = described[str(response.status_code)]["content"]["application/json"]["schema"]
            check(schema, document, response.json(), example.operation)
            shown = examples()[example.operation]["responses"][str(response.status_code)]
            check(schema, document, shown["application/json"], f"{example.operation}: {REWRITE}")
            assert list(shortened(response.json())) == list(shown["application/json"]), REWRITE
    server.store.close()


def test_the_request_examples_fit_their_schemas(document: dict[str, Any]) -> None:
    for name, operation in operations(document).items():
        for body in operation.get("requestBody", {}).get("content", {}).values():
            if "example" in body:
                check(body["schema"], document, body["example"], name)


def check(schema: dict[str, Any], document: dict[str, Any], value: Any, name: str) -> None:
    rooted = {**schema, "components": document["components"]}
    errors = [error.message[:300] for error in Draft202012Validator(rooted).iter_errors(value)]
    assert not errors, (name, errors[:3])
