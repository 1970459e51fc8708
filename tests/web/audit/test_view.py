# SPDX-License-Identifier: Apache-2.0
"""The auditor's view: every record and every check, what was chosen of them, nothing lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from filiera.model.ids import ni_uri
from filiera.proof.facts import Report, Status, StatusKind
from filiera.proof.reasons import Outcome
from filiera.web.audit.lines import Choice, lines_of
from filiera.web.audit.view import build_audit
from filiera.web.bounds import SHEET_CHECKS, SHEET_RECORDS
from filiera.web.shelf import Shelf
from filiera.web.shown import Shown
from filiera.web.site import Site
from tests.support.server import Server
from tests.support.site import AUDIT, PAGE, SITUATIONS, Document, read
from tests.support.world import ANCHORED, GARMENT, YARN

WAYS = ("prev", "next")


def rows(page: Document, table: str) -> list[str]:
    """The texts of a table's rows, the header left out."""
    found, inside = [], False
    for element in page.elements:
        if element.name == "table":
            inside = table in (element.attributes.get("class") or "")
        elif element.name == "tr" and inside:
            found.append(" ".join(element.text.split()))
    return found[1:]


def passport(server: Server) -> Any:
    return server.client.get("/v1/passports/01/09520000000028/10/LOT-1").json()


def shown_of(server: Server) -> Shown:
    site: Site = server.app.state.site
    return site.shelf.shown(GARMENT)


def test_every_record_and_every_check_of_the_passport_has_a_row(district: Server) -> None:
    page, said = read(district, AUDIT), passport(district)
    listed = [said["own"], *said["steps"], *said["claims"], *said["identities"]]
    records = rows(page, "records")
    assert len(records) == len(listed)
    for row, record in zip(records, listed, strict=True):
        assert record["record"] in row
        assert record["issuer"]["account"] in row
    checks = rows(page, "checks-table")
    told = said["verdict"]["checks"]
    assert len(checks) == len(told)
    ends = [f" {each['check']} proven {each['code']} {each['words']['en']}" for each in told]
    assert all(any(row.endswith(end) for row in checks) for end in ends)


def test_a_row_tells_the_claimed_instant_from_the_anchoring_and_counts_the_documents(
    district: Server,
) -> None:
    (row,) = (each for each in rows(read(district, AUDIT), "records") if "Spinning" in each)
    assert "1 October 2026, 12:13 UTC 1 October 2026, 14:13 UTC" in row
    assert "1 of 1 at hand" in row


def test_a_choice_of_outcome_leaves_what_has_it_and_the_counts_of_all() -> None:
    server = SITUATIONS["disproven"]()
    page = read(server, f"{AUDIT}&outcome=disproven")
    assert rows(page, "records")
    assert all(" disproven" in row for row in rows(page, "records"))
    assert all(" disproven" in row for row in rows(page, "checks-table"))
    everything = read(server, AUDIT)
    counted = [each.text for each in everything.of("a") if each.attributes.get("aria-current")]
    assert f"{len(rows(everything, 'checks-table'))} checks" in counted[0]
    (chosen,) = (each.text for each in page.of("a") if each.attributes.get("aria-current"))
    assert f"{len(rows(page, 'records'))} record" in chosen


def test_a_choice_of_check_and_issuer_leaves_those(district: Server) -> None:
    mill = ni_uri(district.world.mill.id)
    page = read(district, f"{AUDIT}&check=signature&issuer={mill}")
    (check,) = rows(page, "checks-table")
    (record,) = rows(page, "records")
    assert "signature-ok" in check
    assert "Spinning" in record
    assert page.one("option", value="signature").attributes.keys() >= {"selected"}


def test_a_choice_that_nothing_answers_to_is_said(district: Server) -> None:
    page = read(district, f"{AUDIT}&outcome=disproven")
    assert "No record answers to this choice." in page.text
    assert "No check answers to this choice." in page.text
    assert not page.of("details")


def test_an_outcome_that_is_none_is_refused(district: Server) -> None:
    read(district, f"{AUDIT}&outcome=perhaps", status=400)


def test_a_product_that_nobody_knows_is_404(district: Server) -> None:
    read(district, "/audit?id=09521010000039", status=404)


def test_page_and_auditors_view_lead_to_each_other_in_the_chosen_language(
    district: Server,
) -> None:
    there = [each.attributes["href"] or "" for each in read(district, PAGE).of("a")]
    (audit,) = (each for each in there if each.startswith("/audit"))
    assert audit.endswith("&lang=en")
    back = [each.attributes["href"] for each in read(district, AUDIT).of("a")]
    assert "/01/09520000000028/10/LOT-1?lang=en" in back
    response = district.client.get(audit)
    assert response.status_code == 200


def test_a_switch_of_language_keeps_the_choice(district: Server) -> None:
    page = read(district, f"{AUDIT}&outcome=proven&check=role", language="it")
    (link,) = (each.attributes["href"] or "" for each in page.of("a", hreflang="en"))
    assert "outcome=proven" in link
    assert "check=role" in link


def test_every_table_lies_in_a_group_that_has_a_name_and_takes_the_keyboard(
    district: Server,
) -> None:
    page = read(district, AUDIT)
    ids = {each.attributes.get("id") for each in page.elements}
    groups = page.of("div", role="group")
    assert len(groups) == len(page.of("table"))
    for each in groups:
        assert each.attributes["tabindex"] == "0"
        assert "aria-label" in each.attributes or each.attributes["aria-labelledby"] in ids


def test_a_record_is_unfolded_down_to_its_path_and_its_signature(district: Server) -> None:
    page, said = read(district, AUDIT), passport(district)["steps"][0]
    fold = next(each for each in page.of("details") if said["jws"] in each.text)
    assert '"alg": "ES256K"' in fold.text
    assert '"DigitalTraceabilityEvent"' in fold.text
    assert said["anchor"]["anchorer"] in fold.text
    assert said["anchor"]["root"] in fold.text
    for node in said["anchor"]["path"]:
        assert node in fold.text
    for document in said["documents"]:
        assert document["sha256"] in fold.text
    assert len(re.findall(r"0x[0-9a-f]{64}", fold.text)) >= 2


def test_a_row_leads_to_its_record_unfolded(district: Server) -> None:
    page = read(district, AUDIT)
    ids = {each.attributes.get("id") for each in page.elements}
    for number in range(1, len(rows(page, "records")) + 1):
        assert page.of("a", href=f"#record-{number}")
        assert f"record-{number}" in ids


def fold_of(server: Server, name: str) -> str:
    """What is unfolded of a record, spaces squeezed."""
    record = ni_uri(server.world.id(name))
    page = read(server, AUDIT)
    told = (" ".join(each.text.split()) for each in page.of("div", class_="unfolded"))
    return next(each for each in told if each.startswith(f"Record Its id {record}"))


def test_the_chain_s_word_on_account_and_participant_is_told_entry_by_entry(
    district: Server,
) -> None:
    said = fold_of(district, "spin")
    association = ni_uri(district.world.association.id)
    assert f"Enrolled by Associazione {association}" in said
    assert "Roles of the participant producer 21 September 2026" in said
    assert "What the account may do sign records, change statuses 21 September" in said


def test_an_account_that_is_nobody_s_is_told_as_read() -> None:
    said = fold_of(SITUATIONS["disproven"](), "spin")
    assert "Participant of the account none" in said
    assert "was not read" not in said
    assert "were not read" not in said


def test_a_status_is_told_with_both_times_its_reason_and_who_said_it(district: Server) -> None:
    firm = district.world.mill
    entry = Status(StatusKind.REVOKED, 4, ANCHORED + 60, ANCHORED - 86_400, firm.signer.address)
    district.ledger.statuses[firm.id, district.world.id("spin")] = (entry,)
    said = fold_of(district, "spin")
    assert "Status revoked (goods do not conform) 30 September 2026" in said
    assert f"1 October 2026, 14:14 UTC Filatura {firm.signer.address}" in said


def test_a_finding_is_told_with_who_raised_it() -> None:
    server = SITUATIONS["contested"]()
    said = fold_of(server, "own")
    assert f"Finding {ni_uri(bytes([1]) * 32)}" in said
    assert server.world.association.signer.address in said


def test_a_report_of_a_stolen_account_is_told_and_nothing_is_taken_out(district: Server) -> None:
    mill, association = district.world.mill, district.world.association
    report = Report(ANCHORED - 60, ANCHORED + 60, association.signer.address)
    account = district.ledger.accounts[mill.signer.address]
    district.ledger.accounts[mill.signer.address] = type(account)(
        account.address, account.participant, account.scopes, report.since, (report,)
    )
    said = fold_of(district, "spin")
    assert "Account compromised since" in said
    assert "sign records, change statuses" in said


def test_what_the_chain_did_not_say_is_called_unread_and_never_disproven(
    district: Server,
) -> None:
    district.ledger.down = True
    response = district.client.get(f"{AUDIT}&lang=en")
    assert response.headers["cache-control"] == "no-store"
    page = read(district, AUDIT)
    assert "The account was not read." in page.text
    assert "No fact of the chain could be read." in page.text
    assert not [row for row in rows(page, "checks-table") if " disproven " in row]


def test_it_is_kept_no_longer_than_the_page_and_is_304_while_it_is_the_same(
    district: Server,
) -> None:
    first = district.client.get(AUDIT)
    again = district.client.get(AUDIT, headers={"If-None-Match": first.headers["etag"]})
    assert first.headers["cache-control"] == district.client.get(PAGE).headers["cache-control"]
    assert again.status_code == 304


@pytest.fixture(scope="module")
def long() -> Shown:
    """A passport of many more steps than a sheet shows."""
    shown = shown_of(SITUATIONS["proven"]())
    steps = (shown.view.steps * 100)[:200]
    return replace(shown, view=shown.view.model_copy(update={"steps": steps}))


def test_of_a_long_passport_every_record_and_check_is_on_one_sheet(long: Shown) -> None:
    first = build_audit(long, Choice(), 1)
    records, checks = [], []
    for sheet in range(1, first.sheets + 1):
        audit = build_audit(long, Choice(), sheet)
        assert len(audit.records.lines) <= SHEET_RECORDS
        assert len(audit.checks.lines) <= SHEET_CHECKS
        assert [fold.line for fold in audit.folds] == list(audit.records.lines)
        records += [line.number for line in audit.records.lines]
        checks += audit.checks.lines
    assert records == list(range(1, first.records.total + 1))
    assert len(checks) == first.checks.total


def test_a_sheet_beyond_the_last_is_the_last(long: Shown) -> None:
    audit = build_audit(long, Choice(Outcome.PROVEN), 999)
    assert audit.sheet == audit.sheets
    assert audit.checks.lines or audit.records.lines


def test_a_long_passport_says_how_it_is_cut_and_leads_on(
    district: Server, long: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shelf, "shown", lambda *_: long)
    page = read(district, f"{AUDIT}&sheet=2&check=role")
    assert "Sheet 2 of 9: a sheet shows 25 records and 250 checks." in page.text
    assert len(rows(page, "records")) == SHEET_RECORDS
    before, after = ({each.attributes["href"] for each in page.of("a", rel=rel)} for rel in WAYS)
    for links, sheet in ((before, 1), (after, 3)):
        (link,) = links
        assert f"&sheet={sheet}&" in f"{link}&"
        assert "check=role" in (link or "")


def test_the_files_of_a_long_passport_hold_all_of_it(
    district: Server, long: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shelf, "shown", lambda *_: long)
    response = district.client.get(AUDIT.replace("/audit", "/audit/records.csv"))
    assert response.text.count("\r\n") == 1 + len(lines_of(long.view).records)


def test_what_others_say_is_told_with_its_standing_and_how_much_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("filiera.services.passports.MAX_OTHERS", 1)
    server = SITUATIONS["proven"]()
    world = server.world
    issuer = {"type": ["CredentialIssuer"], "id": world.mill.did, "name": "x"}
    for hours in (1, 2):
        moved = world.move(YARN, ANCHORED - hours * 3600) | {"issuer": issuer}
        assert server.submit(world.sign(world.mill, moved)).is_success
    server.anchor()
    page = read(server, AUDIT)
    (row,) = rows(page, "others-table")
    assert "Transport" in row
    assert row.endswith("in force")
    assert "One more record like these is not shown here." in page.text
