# SPDX-License-Identifier: Apache-2.0
"""The server's answers as the command line understands them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from filiera.cli.client import Api, error_of, product_path
from filiera.errors import FilieraError, NotFoundError, RefusedError, UnavailableError


def api(answer: Callable[[httpx.Request], httpx.Response]) -> Api:
    """A server that answers like that."""
    transport = httpx.MockTransport(answer)
    return Api(httpx.Client(base_url="http://server", transport=transport))


def always(status: int, **body: Any) -> Api:
    """A server that always answers the same."""
    return api(lambda _request: httpx.Response(status, **body))


PROBLEM = {"status": 404, "code": "record-not-found", "detail": "No.", "where": "x", "hint": "Y."}


def test_a_problem_is_the_same_error_again() -> None:
    with pytest.raises(NotFoundError) as failure:
        always(404, json=PROBLEM).get("/records/x")
    error = failure.value
    assert (error.code, error.message, error.where, error.hint) == (
        "record-not-found", "No.", "x", "Y.",
    )  # fmt: skip


def test_an_outage_names_its_part() -> None:
    error = error_of({"status": 503, "code": "ipfs-unreachable", "detail": "x", "part": "ipfs"})
    assert isinstance(error, UnavailableError)
    assert error.part == "ipfs"


def test_a_code_of_a_newer_server_is_passed_on_in_words() -> None:
    error = error_of({"status": 403, "code": "brand-new", "detail": "Not so."})
    assert isinstance(error, RefusedError)
    assert error.code == "api-answer"
    assert "brand-new" in error.message


@pytest.mark.parametrize(
    "broken",
    [
        always(200, text="<html>"),
        always(200, text=""),
        always(500, text="Internal Server Error"),
        always(502, json={"error": "x"}),
        always(200, json={"other": 1}),
    ],
)
def test_what_is_no_answer_of_a_filiera_server_is_said_to_be_none(broken: Api) -> None:
    with pytest.raises(FilieraError) as failure:
        _ = broken.get("/chain")["chainId"]
    assert failure.value.code == "api-answer"


def test_no_connection_is_an_outage_of_the_server() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(UnavailableError) as failure:
        api(refuse).get("/chain")
    assert (failure.value.code, failure.value.part) == ("api-unreachable", "api")


def test_several_records_have_a_result_each() -> None:
    results = [
        {"status": 201, "record": {"id": "a"}},
        {"status": 403, "problem": {"status": 403, "code": "role-missing", "detail": "No."}},
    ]
    one, two = always(200, json={"results": results}).submit([(b"1", b"x"), (b"2", b"y")])
    assert (one.new, one.error) == (True, None)
    assert isinstance(two.error, RefusedError)


def test_a_missing_result_is_noticed() -> None:
    with pytest.raises(FilieraError) as failure:
        always(200, json={"results": []}).submit([(b"1", b"x"), (b"2", b"y")])
    assert failure.value.code == "api-answer"


def test_an_outage_is_no_result_of_one_record() -> None:
    problem = {"status": 503, "code": "chain-unreachable", "detail": "x", "part": "chain"}
    for server in (always(503, json=problem), api(lambda _r: httpx.Response(503, json=problem))):
        with pytest.raises(UnavailableError):
            server.submit([(b"1", b"x")])


def test_a_product_is_one_segment_of_a_path() -> None:
    assert product_path("https://id.gs1.org/01/1/10/a b") == (
        "https%3A%2F%2Fid.gs1.org%2F01%2F1%2F10%2Fa%20b"
    )
