# SPDX-License-Identifier: Apache-2.0
"""The passport in a terminal: the verdict, each step, each claim, and what is missing.

Nothing that matters is cut: what does not fit a column goes on in the next line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from filiera.cli.output import bulleted, clean
from filiera.cli.show_beside import changed, gaps, not_presented, others, standing_since
from filiera.cli.show_checks import all_checks, failing_checks
from filiera.cli.wording import (
    NOTHING,
    activity_label,
    day_of,
    goods_label,
    one_line,
    party_label,
    place_label,
    product_label,
    two_lines,
)
from filiera.cli.words import Language, say, say_if_known
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import ONE_OPERATOR
from filiera.services.passport_view import (
    ClaimView,
    DocumentView,
    PassportView,
    RecordView,
    StandingView,
    StepView,
)

WIDEST = 110
"""Columns beyond which a table is only harder to read."""
COLOURS = {Outcome.PROVEN: "green", Outcome.DISPROVEN: "red", Outcome.UNKNOWN: "yellow"}


def render_passport(
    console: Console, view: PassportView, language: Language, *, checks: bool = False
) -> None:
    """Print the passport; with `checks` also every question that was asked, and its answer."""
    page = _Page(view, language, min(console.width, WIDEST))
    for part in page.parts(checks=checks):
        console.print(part, soft_wrap=False)


class _Page:
    def __init__(self, view: PassportView, lang: Language, width: int) -> None:
        self.view = view
        self.lang = lang
        self.width = width

    def say(self, key: str, /, **params: object) -> str:
        return say(key, lang=self.lang, **params)

    def parts(self, *, checks: bool) -> Iterator[Text | Table]:
        yield from self.heading()
        if self.view.steps:
            yield self.title("steps")
            yield self.steps()
        if self.view.claims:
            yield self.title("claims")
            yield self.claims()
        yield from self.section("failing", failing_checks(self.view, self.lang))
        yield from self.section("changed", changed(self.view, self.lang))
        yield from self.section("gaps", gaps(self.view, self.lang))
        yield from self.section("not-presented", not_presented(self.view, self.lang))
        yield from self.section("others", others(self.view, self.lang))
        if checks:
            yield self.title("checks")
            yield from all_checks(self.view, self.lang)
        yield Text()
        yield Text(self.say("passport.honesty"), style="dim")

    # The heading

    def heading(self) -> Iterator[Text]:
        product, verdict = self.view.product, self.view.verdict
        label = product_label(product.id, self.lang)
        named = product.name is not None and product.name != product.id
        yield Text(clean(product.name if named else label), style="bold")
        yield Text(clean(self.subtitle(label if named else "")), style="dim")
        yield Text(clean(product.id), style="dim")
        yield Text()
        if verdict.standing.state not in ("in-force", "unknown"):
            yield self.standing_line(verdict.standing)
        line = Text(
            self.say(f"outcome.{verdict.outcome}").upper(),
            style=f"bold {COLOURS[verdict.outcome]}",
        )
        line.append("  " + self.counts(), style="default not bold")
        yield line
        yield Text(self.source())
        if self.view.own.issuer.account:
            yield Text(clean(self.vouched_for(self.view.own)))

    def subtitle(self, label: str) -> str:
        product = self.view.product
        kind = product.granularity and self.known("granularity", product.granularity)
        return " · ".join(part for part in (label, kind, product.country) if part)

    def vouched_for(self, own: RecordView) -> str:
        who, when = self.issuer(own), one_line(own.anchored)
        if own.issuer.stated_by:
            by = party_label(own.issuer.stated_by)
            return self.say("passport.imported", by=by, who=who, when=when)
        return self.say(
            "passport.by" if own.anchored else "passport.by.unanchored", who=who, when=when
        )

    def counts(self) -> str:
        steps, claims = self.view.verdict.steps, self.view.verdict.claims
        said = [self.say("passport.steps", proven=steps.proven, total=steps.total)]
        if claims.total:
            said.append(self.say("passport.claims", proven=claims.proven, total=claims.total))
        return " · ".join([*said, seal_words(self.view, self.lang)])

    def source(self) -> str:
        block, down = self.view.verdict.block, self.view.unavailable
        said = (
            self.say(
                f"passport.source.{self.view.verdict.source}",
                number=block.number,
                time=one_line(block.time),
            )
            if block
            else self.say("passport.source.none")
        )
        if down:
            parts = ", ".join(self.known("part", part) for part in down)
            said += " " + self.say("passport.unavailable", parts=parts)
        return said

    def standing_line(self, standing: StandingView) -> Text:
        word, *rest = standing_since(standing, self.lang).partition(" ")
        return Text(word.upper() + "".join(rest), style=f"bold {_standing_colour(standing)}")

    # Steps and claims

    def steps(self) -> Table:
        table = self.table("column.what", "column.claimed")
        for number, step in enumerate(self.view.steps, 1):
            table.add_row(
                str(number),
                self.what(step),
                "\n".join(two_lines(step.claimed)),
                "\n".join(self.anchored(step)),
                self.documents(step.documents),
                self.verdict(step),
            )
        return table

    def table(self, *first: str) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), leading=1, width=self.width)
        table.add_column("#", justify="right", style="dim")
        table.add_column(self.say(first[0]), overflow="fold", ratio=1)
        table.add_column(self.say(first[1]), min_width=10, max_width=11, overflow="fold")
        table.add_column(self.say("column.anchored"), width=10, overflow="fold")
        table.add_column(self.say("column.documents"), width=9, overflow="fold")
        table.add_column(self.say("column.verdict"), width=10, overflow="fold")
        return table

    def what(self, step: StepView) -> Text:
        lines = Text()
        what = activity_label(step.activity, self.lang) if step.activity else step.name
        lines.append(clean(what or self.say("step.unreadable")), "bold")
        for who in self.who(step):
            lines.append(f"\n{clean(who)}")
        if step.place:
            lines.append(f"\n{clean(place_label(step.place))}")
        if step.origin and step.destination:
            route = f"{place_label(step.origin)} → {place_label(step.destination)}"
            lines.append(f"\n{clean(route)}")
        for goods in step.outputs:
            lines.append(f"\n→ {clean(goods_label(goods, self.lang))}", "dim")
        return lines

    def who(self, record: RecordView) -> Iterator[str]:
        if record.issuer.stated_by:
            yield self.say("who.imported", who=party_label(record.issuer.stated_by))
            yield self.say("who.importer", who=self.issuer(record))
        elif record.issuer.account:
            yield self.issuer(record)

    def issuer(self, record: RecordView) -> str:
        name = record.issuer.name
        return name or self.say("who.unproven", account=record.issuer.account or "?")

    def anchored(self, record: RecordView) -> tuple[str, str]:
        if record.anchored is not None:
            return two_lines(record.anchored)
        if record.type is None:
            return NOTHING, ""
        return self.say("anchored.unknown" if record.anchor else "anchored.not-yet"), ""

    def documents(self, documents: list[DocumentView]) -> Text:
        if not documents:
            return Text(NOTHING, style="dim")
        at_hand = sum(document.presented for document in documents)
        cell = Text(self.say("n-of-m", n=at_hand, m=len(documents)))
        altered = sum(document.outcome is Outcome.DISPROVEN for document in documents)
        if altered:
            cell.append(f"\n{self.say('documents.altered', n=altered)}", "red")
        return cell

    def verdict(self, record: RecordView) -> Text:
        cell = Text(self.say(f"outcome.{record.outcome}"), style=COLOURS[record.outcome])
        cell.append(f"\n{self.standing(record.standing)}", _standing_colour(record.standing))
        return cell

    def standing(self, standing: StandingView) -> str:
        return self.known("standing", standing.state)

    def claims(self) -> Table:
        table = self.table("column.claim", "column.valid-until")
        for number, claim in enumerate(self.view.claims, 1):
            table.add_row(
                str(number),
                self.claim(claim),
                day_of(claim.valid_until) if claim.valid_until else NOTHING,
                "\n".join(self.anchored(claim)),
                self.documents(claim.documents),
                self.verdict(claim),
            )
        return table

    def claim(self, claim: ClaimView) -> Text:
        criteria = ", ".join(self.known("criterion", each) for each in claim.criteria)
        lines = Text(clean(criteria or claim.name or self.say("step.unreadable")), style="bold")
        for said in self.claim_lines(claim):
            lines.append(f"\n{clean(said)}", "not bold")
        return lines

    def claim_lines(self, claim: ClaimView) -> Iterator[str]:
        if claim.self_declared is not None:
            key = "claim.self" if claim.self_declared else "claim.certified"
            yield self.say(key, who=self.issuer(claim), holder=claim.holder or "?")
        if claim.scheme:
            yield claim.scheme
        if claim.certificate_number:
            yield self.say("claim.number", number=claim.certificate_number)

    def section(self, key: str, items: Iterable[str | tuple[str, ...]]) -> Iterator[Text | Table]:
        """A list under its title, each item in one line or several."""
        listed = [(item,) if isinstance(item, str) else item for item in items]
        if listed:
            yield self.title(key, count=len(listed))
            yield bulleted(listed)

    def title(self, key: str, **params: object) -> Text:
        return Text("\n" + self.say(f"section.{key}", **params), style="bold underline")

    def known(self, table: str, word: str) -> str:
        return say_if_known(f"{table}.{word}", word, lang=self.lang)


def seal_words(view: PassportView, lang: Language) -> str:
    """What the chain rests on."""
    verdict = view.verdict
    seals = (check for check in verdict.checks if check.check == "seal")
    params = next((check.params for check in seals), {})
    if verdict.seal == ONE_OPERATOR:
        return say("passport.one-operator", lang=lang)
    if "signers" in params and "validators" in params:
        return say("passport.sealed", lang=lang, **params)
    return say_if_known(f"passport.{verdict.seal.replace(' ', '-')}", verdict.seal, lang=lang)


def _standing_colour(standing: StandingView) -> str:
    return {"in-force": "dim", "revoked": "red"}.get(standing.state, "yellow")
