# SPDX-License-Identifier: Apache-2.0
"""A server that says more to the command line than there can be, or never comes to an end."""

from __future__ import annotations

import gzip

import pytest

from filiera.cli import client
from filiera.cli.client import MAX_ANSWER, Api, open_http
from filiera.errors import SetupError, UnavailableError
from tests.support.endless import DRIPS, IN_FLIGHT, OK, Answer, chunked, flood, once, speaking

PACKED = gzip.compress(bytes(4 * MAX_ANSWER))
ENCODED = OK + b"Content-Encoding: %b\r\nContent-Length: %d\r\n\r\n"


def refused(answer: Answer, most: int) -> SetupError:
    with speaking(answer) as node, pytest.raises(SetupError) as caught:
        Api(open_http(node.url)).content("/trust")
    assert node.said < most + IN_FLIGHT
    assert caught.value.code == "api-answer"
    return caught.value


@pytest.mark.parametrize(
    "answer",
    [
        flood(),
        flood(head=OK + b"Content-Length: %d\r\n\r\n" % (1 << 40)),
        chunked(),
        lambda: (each.replace(b"200 OK", b"500 No") for each in chunked()()),
    ],
)
def test_an_answer_without_end_is_cut_off_and_none(answer: Answer) -> None:
    assert "64 MiB" in refused(answer, MAX_ANSWER).message


def test_what_unpacks_into_far_more_than_it_is_is_none() -> None:
    assert "64 MiB" in refused(once(ENCODED % (b"gzip", len(PACKED)) + PACKED), 0).message
    for name in (b"br", b"zstd", b"gzip, gzip", b"deflate"):
        error = refused(once(ENCODED % (name, len(PACKED)) + PACKED), 0)
        assert name.decode() in error.message


@pytest.mark.parametrize("where", ["in its body", "in a chunk", "in a refusal"])
def test_a_server_that_says_a_byte_now_and_then_is_not_listened_to_for_ever(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LONGEST_SECONDS", 0.1)
    with speaking(DRIPS[where]) as node, pytest.raises(UnavailableError) as caught:
        Api(open_http(node.url)).content("/trust")
    assert caught.value.code == "api-unreachable"


def test_what_a_server_of_ours_packs_is_unpacked() -> None:
    packed = gzip.compress(b"a bundle")
    with speaking(once(ENCODED % (b"gzip", len(packed)) + packed)) as node:
        assert Api(open_http(node.url)).content("/trust") == b"a bundle"
    assert b"accept-encoding: gzip\r\n" in node.asked[0].lower()
