# SPDX-License-Identifier: Apache-2.0
"""The files of the auditor's view: everything is in them, and none of it runs in a spreadsheet."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest

from filiera.model.ids import ni_uri
from filiera.proof.facts import Report, Status, StatusKind
from filiera.web.audit.tables import TABLES, cell, csv_text, file_name
from tests.support.server import Server
from tests.support.site import SITUATIONS, HostileWorld, anchored
from tests.support.world import ANCHORED

PRODUCT = {"id": "09520000000028/LOT-1"}
FILES = (*(f"{name}.csv" for name in TABLES), "passport.json")


def table(server: Server, name: str, **asked: str) -> list[dict[str, str]]:
    response = server.client.get(f"/audit/{name}.csv", params=PRODUCT | asked)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(StringIO(response.text, newline="")))


def passport(server: Server) -> Any:
    return server.client.get("/v1/passports/01/09520000000028/10/LOT-1").json()


def test_the_files_hold_a_line_for_every_record_and_every_check(district: Server) -> None:
    said = passport(district)
    listed = [said["own"], *said["steps"], *said["claims"], *said["identities"]]
    records = table(district, "records")
    assert [row["record"] for row in records] == [each["record"] for each in listed]
    assert [row["root"] for row in records] == [each["anchor"]["root"] for each in listed]
    checks = table(district, "checks")
    told = said["verdict"]["checks"]
    assert sorted((row["record"] or "passport", row["check"], row["code"]) for row in checks) == (
        sorted((each["subject"], each["check"], each["code"]) for each in told)
    )
    assert {row["block"] for row in (*records, *checks)} == {
        str(said["verdict"]["block"]["number"])
    }


def test_a_choice_holds_for_the_files_too() -> None:
    server = SITUATIONS["disproven"]()
    chosen = table(server, "checks", outcome="disproven")
    assert 0 < len(chosen) < len(table(server, "checks"))
    assert {row["outcome"] for row in chosen} == {"disproven"}
    assert {row["check"] for row in table(server, "checks", check="role")} == {"role"}
    assert {row["failingCode"] for row in table(server, "records", outcome="disproven")} - {""}


def test_words_are_in_the_readers_language_and_nothing_else_is(district: Server) -> None:
    italian, english = (table(district, "checks", lang=each) for each in ("it", "en"))
    assert italian[0].pop("words") != english[0].pop("words")
    assert italian[0] == english[0]
    assert table(district, "records", lang="it") == table(district, "records", lang="en")


def test_a_file_is_csv_by_the_standard_and_is_saved_under_a_safe_name(district: Server) -> None:
    response = district.client.get("/audit/checks.csv", params=PRODUCT)
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    name = "filiera-09520000000028-LOT-1-checks.csv"
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content.count(b"\r\n") == len(table(district, "checks")) + 1
    assert not response.content.startswith(b"\xef\xbb\xbf")


def whole(server: Server) -> Any:
    response = server.client.get("/audit/passport.json", params=PRODUCT | {"outcome": "proven"})
    assert response.status_code == 200, response.text
    assert "passport.json" in response.headers["content-disposition"]
    return json.loads(response.text)


def test_the_json_is_what_the_api_says_and_the_registries_entries(district: Server) -> None:
    said = whole(district)
    registries = said.pop("registries")
    assert said == passport(district)
    assert [each["record"] for each in registries] == (
        [row["record"] for row in table(district, "records")]
    )


def test_the_csv_and_the_json_hold_the_same_entries(district: Server) -> None:
    told = [
        {**entry, "record": each["record"], "value": " ".join(entry["value"])}
        for each in whole(district)["registries"]
        for entry in each["entries"]
    ]
    rows = table(district, "entries")
    assert {row["entry"] for row in rows} == {"enroller", "profile", "role", "owner", "scope"}
    assert [{name: row[name] for name in told[0]} for row in rows] == (
        [{name: "" if value is None else value for name, value in each.items()} for each in told]
    )


def entries(server: Server, name: str, kind: str) -> list[dict[str, str]]:
    """The lines of entries.csv about a record that are of a kind."""
    record = ni_uri(server.world.id(name))
    rows = table(server, "entries")
    return [row for row in rows if (row["record"], row["entry"]) == (record, kind)]


def test_an_entry_is_told_with_both_times_and_who_recorded_it(district: Server) -> None:
    firm, association = district.world.mill, district.world.association
    revoked = Status(StatusKind.REVOKED, 4, ANCHORED + 60, ANCHORED - 86_400, firm.signer.address)
    district.ledger.statuses[firm.id, district.world.id("spin")] = (revoked,)
    report = Report(ANCHORED - 60, ANCHORED + 60, association.signer.address)
    account = district.ledger.accounts[firm.signer.address]
    district.ledger.accounts[firm.signer.address] = type(account)(
        account.address, account.participant, account.scopes, report.since, (report,)
    )
    (status,) = entries(district, "spin", "status")
    assert status["value"] == "revoked"
    assert status["reason"] == "4"
    assert status["effective"] == "2026-09-30T14:13:20Z"
    assert status["recorded"] == "2026-10-01T14:14:20Z"
    assert status["recordedBy"] == firm.signer.address
    (stolen,) = entries(district, "spin", "compromised")
    assert stolen["effective"] == "2026-10-01T14:12:20Z"
    assert stolen["recordedBy"] == association.signer.address
    (owner,) = entries(district, "spin", "owner")
    assert owner["refersTo"] == ni_uri(firm.id)


def test_a_finding_is_in_the_files() -> None:
    (finding,) = entries(SITUATIONS["contested"](), "own", "finding")
    assert finding["refersTo"] == ni_uri(bytes([1]) * 32)


def test_a_choice_of_records_is_one_of_their_entries(district: Server) -> None:
    mill = ni_uri(district.world.mill.id)
    assert {row["participant"] for row in table(district, "records", issuer=mill)} == {mill}
    chosen = {row["record"] for row in table(district, "entries", issuer=mill)}
    assert chosen == {row["record"] for row in table(district, "records", issuer=mill)}


def test_what_was_not_read_is_in_the_files_as_unread_and_not_as_nothing(
    district: Server,
) -> None:
    district.ledger.down = True
    parts = ["account", "participant", "statuses", "findings"]
    rows = table(district, "entries")
    assert {row["entry"] for row in rows} == {"unread"}
    assert [row["value"] for row in rows if row["number"] == "1"] == parts
    assert all(each["unread"] == parts for each in whole(district)["registries"])


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_has_not_changed_is_304_and_a_changed_one_is_not(
    file: str, district: Server
) -> None:
    def ask(method: str = "GET", **headers: str) -> Any:
        return district.client.request(method, f"/audit/{file}", params=PRODUCT, headers=headers)

    first = ask()
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    for method in ("GET", "HEAD"):
        again = ask(method, **{"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert ask(**{"If-None-Match": tag, "Accept-Encoding": "identity"}).status_code == 200
    district.ledger.mine()
    assert ask(**{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("file", FILES)
def test_head_says_of_a_file_what_get_does(file: str, district: Server) -> None:
    got, head = (
        district.client.request(method, f"/audit/{file}", params=PRODUCT)
        for method in ("GET", "HEAD")
    )
    assert head.status_code == 200
    assert dict(head.headers) == dict(got.headers)


def test_a_table_that_is_none_is_refused(district: Server) -> None:
    response = district.client.get("/audit/secrets.csv", params=PRODUCT)
    assert response.status_code == 400


def test_files_of_an_outage_are_kept_by_nobody(district: Server) -> None:
    district.ledger.down = True
    for file in FILES:
        response = district.client.get(f"/audit/{file}", params=PRODUCT)
        assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_what_a_spreadsheet_would_run_is_text(begin: str) -> None:
    assert cell(f"{begin}cmd|' /C calc'!A0") == f"'{begin}cmd|' /C calc'!A0"
    written = csv_text(["name"], [[f"{begin}1+1"]])
    _, row = csv.reader(StringIO(written, newline=""), strict=True)
    assert row[0] == f"'{begin}1+1"


def test_other_cells_are_as_they_are() -> None:
    assert [cell(each) for each in (None, 0, "0x1", "a=b", "", "ni:///sha-256;-")] == [
        *("", "0", "0x1", "a=b", "", "ni:///sha-256;-")
    ]


def test_quotes_commas_and_line_ends_come_back() -> None:
    said = ['say "no"', "a,b", "one\r\ntwo", "perché"]
    assert list(csv.reader(StringIO(csv_text(said, []), newline=""))) == [said]


def test_no_cell_of_a_hostile_passport_begins_with_a_formula() -> None:
    server = anchored(HostileWorld())
    for name in TABLES:
        for row in table(server, name):
            assert not [each for each in row.values() if each[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize(
    ("product", "name"),
    [
        ("https://id.gs1.org/01/09520000000028/10/LOT-1", "filiera-09520000000028-LOT-1-x.csv"),
        (
            'https://a.example/"; filename=evil.exe\r\n',
            "filiera-https-a-example-filename-evil-exe-x.csv",
        ),
        ("urn:x:../../è", "filiera-urn-x-x.csv"),
        ("urn:" + "a" * 500, "filiera-urn-" + "a" * 76 + "-x.csv"),
    ],
)
def test_the_name_of_a_file_is_plain_whatever_the_product_is_called(
    product: str, name: str
) -> None:
    assert file_name(product, "x", ".csv") == name
