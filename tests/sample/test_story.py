# SPDX-License-Identifier: Apache-2.0
"""The sample's story: what it shows, and that a verifier agrees with it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from filiera.domain import graph
from filiera.model.criteria import CriterionCode
from filiera.model.records import parse_record
from filiera.model.statement import Claim, Goods, OwnProduct, Step, StepKind
from filiera.model.times import parse_day, parse_instant, unix_seconds
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import StandingState
from filiera.sample import SampleProduct, build_sample
from filiera.sample.goods import BUTTONS, ECRU, GREEN
from filiera.services.passports import graph_step, in_order
from tests.sample.signed import NOW, SignedSample, signed_sample
from tests.standards import standard_json

DAY = 86_400
PRODUCTS = ("main", "second")


@pytest.fixture
def signed() -> SignedSample:
    return signed_sample()


def product(signed: SignedSample, which: str) -> SampleProduct:
    return {"main": signed.sample.main, "second": signed.sample.second}[which]


def made_graph(signed: SignedSample, which: str) -> graph.Graph:
    nodes = (
        graph_step(signed.ids[key], signed.statement(key)) for key in product(signed, which).steps
    )
    return graph.build(node for node in nodes if node is not None)


def kilos_or_pieces(goods: Goods) -> Decimal:
    assert goods.quantity is not None
    return goods.quantity.value


def test_every_record_is_one_that_filiera_accepts(signed: SignedSample) -> None:
    for payload in signed.payloads.values():
        parse_record(payload)


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("DigitalProductPassport", "DigitalProductPassport"),
        ("DigitalTraceabilityEvent", "DigitalTraceabilityEvent"),
        ("DigitalConformityCredential", "ConformityCredential"),
        ("DigitalIdentityAnchor", "DigitalIdentityAnchor"),
    ],
)
def test_every_record_conforms_to_untps_schema(
    signed: SignedSample, kind: str, schema: str
) -> None:
    validator = Draft202012Validator(
        standard_json(f"untp-0.7.0/schemas/{schema}.json"),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    payloads = [each for each in signed.payloads.values() if kind in each["type"]]
    assert payloads
    for payload in payloads:
        assert [error.message for error in validator.iter_errors(payload)] == []


def test_the_garment_is_proven_in_seven_of_seven_steps(signed: SignedSample) -> None:
    verdict = signed.judge(signed.sample.main)
    assert verdict.outcome is Outcome.PROVEN
    assert (verdict.steps_proven, len(verdict.of("step"))) == (7, 7)
    assert verdict.standing.state is StandingState.IN_FORCE


def test_one_input_has_no_step_and_one_document_is_kept_back(signed: SignedSample) -> None:
    verdict = signed.judge(signed.sample.main)
    assert [gap.product for gap in verdict.gaps] == [BUTTONS.id]
    assert len(verdict.not_presented) == 1


def test_the_second_product_stands_while_one_certificate_of_it_is_revoked(
    signed: SignedSample,
) -> None:
    verdict = signed.judge(signed.sample.second)
    assert verdict.outcome is Outcome.PROVEN
    claims = {claim.id: claim.standing.state for claim in verdict.of("claim")}
    revoked = {each for each, state in claims.items() if state is StandingState.REVOKED}
    assert revoked == {signed.ids[each.record] for each in signed.sample.revocations}


def test_at_least_five_firms_take_the_garment_from_fibre_to_shop(signed: SignedSample) -> None:
    steps = set(signed.sample.main.steps)
    signers = {each.signer for each in signed.plan if each.key in steps}
    assert len(signers) >= 5
    kinds = {each.kind for each in signed.steps(steps).values()}
    assert kinds == {StepKind.MAKE, StepKind.MODIFY, StepKind.MOVE}


def test_the_yarn_is_split_and_joined_again(signed: SignedSample) -> None:
    flows = made_graph(signed, "main").flows
    targets = [flow.target for flow in flows if flow.product == ECRU.id]
    assert set(targets) == {signed.ids["dyeing"], signed.ids["knitting"]}
    joined = {flow.product for flow in flows if flow.target == signed.ids["knitting"]}
    assert joined == {ECRU.id, GREEN.id}


@pytest.mark.parametrize("which", PRODUCTS)
def test_the_graph_puts_the_steps_in_the_order_of_the_story(
    signed: SignedSample, which: str
) -> None:
    keys = {signed.ids[key]: key for key in signed.ids}
    told = product(signed, which).steps
    assert tuple(keys[step.id] for step in made_graph(signed, which).steps) == told
    verdict = signed.judge(product(signed, which))
    assert tuple(keys[step.id] for step in in_order(verdict.of("step"))[0]) == told


@pytest.mark.parametrize("which", PRODUCTS)
def test_every_step_links_the_steps_that_made_its_inputs(signed: SignedSample, which: str) -> None:
    before: dict[bytes, set[bytes]] = defaultdict(set)
    for flow in made_graph(signed, which).flows:
        before[flow.target].add(flow.source)
    for key in product(signed, which).steps:
        linked = {link.digest for link in signed.statement(key).links if link.kind == "input"}
        assert linked == before[signed.ids[key]], key


def test_nothing_leaves_a_lot_in_greater_amount_than_entered_it(signed: SignedSample) -> None:
    steps = signed.steps({*signed.sample.main.steps, *signed.sample.second.steps})
    made: dict[str, Decimal] = defaultdict(Decimal)
    used: dict[str, Decimal] = defaultdict(Decimal)
    for step in steps.values():
        if step.kind is StepKind.MAKE:
            for goods in step.outputs:
                made[goods.product] += kilos_or_pieces(goods)
            for goods in step.inputs:
                used[goods.product] += kilos_or_pieces(goods)
    assert made
    for lot, amount in used.items():
        assert lot == BUTTONS.id or amount <= made[lot], lot
    for step in steps.values():
        for goods in step.outputs:
            assert kilos_or_pieces(goods) <= made[goods.product], step.name


def test_no_step_makes_more_kilos_than_went_into_it(signed: SignedSample) -> None:
    for step in signed.steps(signed.ids).values():
        if step.kind is StepKind.MAKE and step.inputs and _in_kilos(step):
            out = sum(kilos_or_pieces(goods) for goods in step.outputs)
            assert out <= sum(kilos_or_pieces(goods) for goods in step.inputs), step.name


def _in_kilos(step: Step) -> bool:
    units = {goods.quantity.unit for goods in (*step.inputs, *step.outputs) if goods.quantity}
    return units == {"KGM"}


def test_the_finished_pieces_weigh_no_more_than_the_knitwear_in_them(
    signed: SignedSample,
) -> None:
    steps = signed.steps(["making-up", "scarf-knitting"])
    for step, own in zip(steps.values(), ("cardigan-passport", "scarf-passport"), strict=True):
        weight = signed.payloads[own]["credentialSubject"]["dimensions"]["weight"]["value"]
        wool = sum(share for share in _wool_shares(signed, own))
        kilos = kilos_or_pieces(step.inputs[0])
        assert kilos_or_pieces(step.outputs[0]) * weight * wool <= kilos


def _wool_shares(signed: SignedSample, own: str) -> list[Decimal]:
    said = signed.statement(own).said
    assert isinstance(said, OwnProduct)
    return [each.share for each in said.materials if "wool" in each.name.lower()]


@pytest.mark.parametrize("own", ["cardigan-passport", "scarf-passport"])
def test_a_passports_materials_add_up_to_the_whole(signed: SignedSample, own: str) -> None:
    said = signed.statement(own).said
    assert isinstance(said, OwnProduct)
    assert sum(each.share for each in said.materials) == 1


def test_six_criteria_are_spoken_to_and_the_footprint_is_visibly_missing(
    signed: SignedSample,
) -> None:
    claims = [signed.statement(key).said for key in signed.sample.main.claims]
    spoken = {each.code for claim in claims if isinstance(claim, Claim) for each in claim.criteria}
    assert set(CriterionCode) - spoken == {CriterionCode.ENVIRONMENTAL_FOOTPRINT}
    assert {claim.self_declared for claim in claims if isinstance(claim, Claim)} == {True, False}


def test_everything_claimed_lies_within_thirty_days_before_the_run(signed: SignedSample) -> None:
    for key in signed.ids:
        statement = signed.statement(key)
        said = statement.said
        instants = [statement.valid_from, *([said.date] if isinstance(said, Step) else [])]
        for text in instants:
            assert NOW - 30 * DAY <= unix_seconds(parse_instant(text)) <= NOW, key
            assert not text.endswith("Z")
        for text in _days(signed.payloads[key]):
            day = parse_day(text).toordinal() - parse_day("1970-01-01").toordinal()
            assert NOW // DAY - 30 <= day <= NOW // DAY, key


def _days(payload: object) -> list[str]:
    if isinstance(payload, dict):
        named = [payload[name] for name in _DAY_MEMBERS if name in payload]
        return named + [day for item in payload.values() for day in _days(item)]
    if isinstance(payload, list):
        return [day for item in payload for day in _days(item)]
    return []


_DAY_MEMBERS = ("assessmentDate", "productionDate", "registeredDate")


def test_dates_go_on_along_the_graph(signed: SignedSample) -> None:
    for which in PRODUCTS:
        made = made_graph(signed, which)
        at = {step.id: step.at for step in made.steps}
        for flow in made.flows:
            assert at[flow.source] < at[flow.target]


def test_certificates_hold_and_are_anchored_before_the_steps_that_rely_on_them(
    signed: SignedSample,
) -> None:
    rounds = {each.key: each.anchor_round for each in signed.plan}
    first_step = min(rounds[key] for key in signed.sample.main.steps)
    claimed = min(
        unix_seconds(parse_instant(step.date)) for step in signed.steps(signed.ids).values()
    )
    for key in signed.sample.main.claims + signed.sample.second.claims:
        statement = signed.statement(key)
        if statement.valid_until is None:
            continue
        assert rounds[key] < first_step
        assert unix_seconds(parse_instant(statement.valid_from)) < claimed
        assert unix_seconds(parse_instant(statement.valid_until)) > NOW + 300 * DAY


def test_accreditations_reach_back_before_the_certificates_under_their_scheme(
    signed: SignedSample,
) -> None:
    reached = {each.scheme: each.effective for each in signed.sample.accreditations}
    for each in signed.plan:
        statement = signed.statement(each.key)
        if isinstance(statement.said, Claim) and not statement.said.self_declared:
            issued = unix_seconds(parse_instant(statement.valid_from))
            assert reached[statement.said.scheme.id] < issued


def test_a_record_is_signed_and_anchored_after_those_that_it_names(signed: SignedSample) -> None:
    place = {
        signed.ids[each.key]: (number, each.anchor_round) for number, each in enumerate(signed.plan)
    }
    for each in signed.plan:
        number, anchor_round = place[signed.ids[each.key]]
        for link in signed.statement(each.key).links:
            if link.digest in place:
                assert place[link.digest][0] < number
                assert place[link.digest][1] <= anchor_round


@pytest.mark.parametrize("now", [0, NOW, 4_102_444_800, 1_774_738_800 + 5])
def test_the_sample_can_be_told_on_any_day(now: int) -> None:
    assert len(build_sample(now + 400 * DAY).main.steps) == 7


def test_the_same_moment_gives_the_same_records(signed: SignedSample) -> None:
    assert SignedSample().jws == signed.jws
