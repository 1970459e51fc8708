# SPDX-License-Identifier: Apache-2.0
"""The bundle's form: one spelling, bounded, and nothing in it that is not meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from filiera.errors import ConflictError, InputError
from filiera.model.ids import b64url
from filiera.proof import bundle as module
from filiera.proof.bundle import Bundle, check_bounds, dump_bundle, most_nodes, parse_bundle
from filiera.proof.evidence import Inclusion, Presented

ANCHOR = Inclusion("0x" + "ab" * 20, bytes(32), 3, (bytes(32), b"\1" * 32))
BUNDLE = Bundle(
    headers=(b"header",),
    records=(Presented(b"a.b.c", ANCHOR), Presented(b"d.e.f")),
    nodes=(b"node",),
    operator_seal=b"\2" * 65,
)
TEXT = dump_bundle(BUNDLE)


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        parse_bundle(data)
    return error.value.code


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    value = json.loads(TEXT)
    change(value)
    return json.dumps(value, separators=(",", ":")).encode()


def test_what_is_written_is_read_again() -> None:
    assert parse_bundle(TEXT) == BUNDLE
    assert parse_bundle(dump_bundle(Bundle((b"h",), (Presented(b"a"),), ()))).nodes == ()


@pytest.mark.parametrize(
    "data",
    [
        TEXT + b"\n",
        b" " + TEXT,
        json.dumps(json.loads(TEXT)).encode(),
        json.dumps(json.loads(TEXT), sort_keys=True, separators=(",", ":")).encode(),
        TEXT.replace(b'"index":3', b'"index":3.0'),
        TEXT.replace(b"filieraBundle", b"filiera\\u0042undle"),
    ],
)
def test_every_other_spelling_is_refused(data: bytes) -> None:
    assert refused(data) == "bundle-malformed"


CHANGES: list[Callable[[dict[str, Any]], object]] = [
    lambda b: b.update(extra=1),
    lambda b: b.pop("nodes"),
    lambda b: b.update(nodes=None),
    lambda b: b.update(operatorSeal=None),
    lambda b: b.update(operatorSeal=b64url(bytes(64))),
    lambda b: b.update(headers=[]),
    lambda b: b.update(records=[]),
    lambda b: b.update(records={}),
    lambda b: b["records"].append("a.b.c"),
    lambda b: b["records"][0].update(id="x"),
    lambda b: b["records"][0].update(jws="\u00e9"),
    lambda b: b["records"][0].update(jws=1),
    lambda b: b["records"][0]["anchor"].update(index=-1),
    lambda b: b["records"][0]["anchor"].update(index=True),
    lambda b: b["records"][0]["anchor"].update(anchorer="0x" + "AB" * 20),
    lambda b: b["records"][0]["anchor"].update(root=b64url(bytes(31))),
    lambda b: b["records"][0]["anchor"]["path"].append("AAAA="),
    lambda b: b["nodes"].append(""),
    lambda b: b["nodes"].append(7),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_missing_surplus_or_mistyped_member_is_refused(number: int) -> None:
    assert refused(changed(CHANGES[number])) == "bundle-malformed"


def test_a_newer_version_says_which_one_is_known() -> None:
    with pytest.raises(InputError) as error:
        parse_bundle(changed(lambda b: b.update(filieraBundle=2)))
    assert error.value.code == "bundle-version"
    assert "version 1" in error.value.message


@pytest.mark.parametrize("data", [b"{}", b'{"filieraBundle":"1"}', b'{"filieraBundle":true}'])
def test_another_object_is_no_bundle(data: bytes) -> None:
    assert refused(data) == "bundle-malformed"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "json-malformed"),
        (b"[]", "json-malformed"),
        (b"\xef\xbb\xbf{}", "json-not-i-json"),
        (b'{"a":1,"a":1}', "json-not-i-json"),
        (b"[" * 100_000, "json-too-deep"),
    ],
)
def test_what_is_no_json_object_is_refused_as_such(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_everything_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_RECORDS", 1)
    assert refused(TEXT) == "bundle-too-large"
    monkeypatch.setattr(module, "MAX_BYTES", len(TEXT) - 1)
    assert refused(TEXT) == "bundle-too-large"


def test_it_has_room_for_as_many_records_as_it_may_hold_all_anchored() -> None:
    anchor = Inclusion("0x" + "ab" * 20, bytes(32), 3, ())
    records = tuple(Presented(b"%d" % number, anchor) for number in range(module.MAX_RECORDS))
    full = Bundle((b"header",), records, (), operator_seal=b"\2" * 65)
    assert len(parse_bundle(dump_bundle(full)).records) == module.MAX_RECORDS


@pytest.mark.parametrize("records", [1, 2, 7])
def test_the_more_records_the_more_nodes_there_may_be(records: int) -> None:
    most = 16_384 + 64 * records

    def with_nodes(number: int) -> bytes:
        given = tuple(Presented(b"%d" % each) for each in range(records))
        return dump_bundle(Bundle((b"header",), given, (b"node",) * number))

    assert len(parse_bundle(with_nodes(most)).nodes) == most
    assert refused(with_nodes(most + 1)) == "bundle-too-large"


def test_a_bundle_never_has_more_nodes_than_a_hundred_thousand() -> None:
    assert most_nodes(1_307) == 100_000
    assert most_nodes(module.MAX_RECORDS) == 100_000


def test_too_many_nodes_are_counted_before_any_is_read() -> None:
    not_base64 = ["!"] * (most_nodes(2) + 1)
    assert refused(changed(lambda b: b.update(nodes=not_base64))) == "bundle-too-large"


def test_many_nodes_with_few_records_are_refused_before_they_are_json() -> None:
    many = b'"AA",' * 200_000
    assert refused(TEXT.replace(b'"nodes":[', b'"nodes":[' + many)[:-9]) == "bundle-too-large"


@pytest.mark.parametrize(
    ("bundle", "size", "what"),
    [
        (Bundle((b"h",), (Presented(b"a"),), (b"n",) * 16_449), 1, "16,449 trie nodes"),
        (Bundle((b"h",) * 1_001, (Presented(b"a"),), ()), 1, "1,001 headers"),
        (Bundle((b"h",), (Presented(b"a"),) * 20_001, ()), 1, "20,001 records"),
        (Bundle((b"h",), (Presented(b"a"),), ()), module.MAX_BYTES + 1, "33,554,433 bytes"),
    ],
)
def test_what_nobody_would_read_is_not_written(bundle: Bundle, size: int, what: str) -> None:
    with pytest.raises(ConflictError, match=f"would have {what}") as error:
        check_bounds(bundle, size)
    assert error.value.code == "bundle-too-large"


def test_what_is_within_every_bound_is_written() -> None:
    check_bounds(BUNDLE, len(TEXT))


@pytest.mark.parametrize("one", [b"{},", b"[],", b"1,", b"1.5,", b'"",', b'{"a":1},', b'{"a":'])
def test_more_than_a_bundle_has_room_for_is_refused_before_any_of_it_is_made(one: bytes) -> None:
    data = b'{"filieraBundle":1,"headers":[' + one * (8_000_000 // len(one)) + b"0]}"
    assert refused(data) == "bundle-too-large"


def test_a_number_of_a_bundle_is_whole() -> None:
    assert refused(b'{"filieraBundle":1.5}') == "bundle-malformed"
    assert refused(b'{"filieraBundle":1e400}') == "bundle-malformed"
