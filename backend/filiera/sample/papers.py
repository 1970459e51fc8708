# SPDX-License-Identifier: Apache-2.0
"""The sample's files.

Certificates, lot sheets and delivery notes are written from the tables of claims and
steps, so that paper and record agree; reports have results of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from filiera.model.activities import ACTIVITIES
from filiera.model.criteria import CRITERIA
from filiera.model.gs1 import product_id
from filiera.model.statement import Goods, Place
from filiera.sample.claims import ASSESSED, CLAIMS, VALID_FOR, ClaimPlan
from filiera.sample.dates import Dates
from filiera.sample.goods import KILOS
from filiera.sample.paper import Paper, Table, Words
from filiera.sample.participants import SampleParticipant, participant
from filiera.sample.pdf import render
from filiera.sample.plan import PDF, SampleFile
from filiera.sample.reports import REPORTS, Report
from filiera.sample.steps import StepPlan, step

_NO_WORDS: Final = Words("", "")
_UNITS: Final = {KILOS: "kg"}
WITHHELD: Final = frozenset({"social-annex"})
"""Named by a record and kept back: shown as not presented."""
STEP_PAPERS: Final[dict[str, tuple[str, ...]]] = {
    "fibre": ("fibre-lot-sheet",),
    "dyeing": ("dyeing-report",),
    "making-up": ("making-up-lot-sheet",),
    "inspection": ("inspection-report",),
    "transport": ("delivery-note",),
    "scarf-transport": ("scarf-delivery-note",),
}
"""Which papers each step names."""


def papers(dates: Dates) -> dict[str, SampleFile]:
    """Every file by its key, those kept back included."""
    made = {**_certificates(dates), **_reports(dates), **_sheets(dates)}
    return {
        key: SampleFile(f"{_file_name(paper)}.pdf", PDF, render(paper))
        for key, paper in made.items()
    }


def _file_name(paper: Paper) -> str:
    words = f"{paper.title.it} {paper.number}".lower().replace("à", "a").replace("'", " ")
    return "-".join(words.split())


def _certificates(dates: Dates) -> dict[str, Paper]:
    return {
        plan.certificate: _certificate(plan, dates)
        for plan in CLAIMS
        if plan.certificate is not None
    }


def _certificate(plan: ClaimPlan, dates: Dates) -> Paper:
    holder, criterion = participant(plan.holder), CRITERIA[plan.criterion]
    until = dates.at(plan.days_ago - VALID_FOR)
    issued = dates.at(plan.days_ago)
    return Paper(
        issuer=_head(participant("certifier")),
        title=Words("Certificato di conformità", "Certificate of conformity"),
        number=plan.number or "",
        issued=issued,
        framed=True,
        fields=(
            (Words("Titolare", "Holder"), _lines(_head(holder))),
            (Words("Schema", "Scheme"), plan.scheme.name if plan.scheme else ""),
            (Words("Criterio", "Criterion"), f"{criterion.name_it} / {criterion.name_en}"),
            (Words("Oggetto", "Subject"), f"{plan.name_it}\n{plan.name}"),
            (
                Words("Articoli e lotti", "Articles and lots"),
                _lines(f"{lot.name} - GTIN {lot.gtin}, lot {lot.number}" for lot in plan.lots),
            ),
            (
                Words("Luoghi", "Places"),
                _lines(_place(participant(key).place) for key in plan.places),
            ),
            (
                Words("Valutato il", "Assessed on"),
                dates.at(ASSESSED).strftime("%d/%m/%Y"),
            ),
            (
                Words("Validità", "Validity"),
                f"{issued:%d/%m/%Y} - {until:%d/%m/%Y}",
            ),
        ),
        statement=Words(
            "Si attesta che quanto sopra soddisfa i requisiti dello schema alla data della "
            "valutazione.",
            "The above meets the scheme's requirements on the day of assessment.",
        ),
    )


def _reports(dates: Dates) -> dict[str, Paper]:
    return {key: _report(report, dates) for key, report in REPORTS.items()}


def _report(report: Report, dates: Dates) -> Paper:
    issued = dates.at(report.days_ago)
    lot = report.lot
    return Paper(
        issuer=_head(participant(report.issuer)),
        title=report.title,
        number=report.number,
        issued=issued,
        fields=(
            (Words("Committente", "Client"), _lines(_head(participant(report.client)))),
            (Words("Oggetto", "Specimen"), report.specimen),
            (
                Words("Articolo e lotto", "Article and lot"),
                f"{lot.name} - GTIN {lot.gtin}, lot {lot.number}",
            ),
            (Words("Data", "Date"), issued.strftime("%d/%m/%Y")),
        ),
        table=report.table,
        statement=report.statement,
    )


def _sheets(dates: Dates) -> dict[str, Paper]:
    return {
        "fibre-lot-sheet": _lot_sheet(step("fibre"), "SL-0017", dates),
        "making-up-lot-sheet": _lot_sheet(step("making-up"), "SL-0231", dates),
        "delivery-note": _delivery_note(step("transport"), "DDT-0148", dates),
        "scarf-delivery-note": _delivery_note(step("scarf-transport"), "DDT-0139", dates),
    }


def _lot_sheet(plan: StepPlan, number: str, dates: Dates) -> Paper:
    english, italian = ACTIVITIES[plan.activity]
    maker = participant(plan.signer)
    return Paper(
        issuer=_head(maker),
        title=Words("Scheda di lotto", "Lot sheet"),
        number=number,
        issued=dates.at(plan.days_ago, plan.hour),
        fields=(
            (Words("Lavorazione", "Process"), f"{italian} / {english}"),
            (Words("Luogo", "Place"), _place(plan.place)),
            (Words("Data", "Date"), f"{dates.at(plan.days_ago, plan.hour):%d/%m/%Y %H:%M}"),
        ),
        table=_goods_table(
            (Words("Entrata", "In"), plan.inputs), (Words("Uscita", "Out"), plan.outputs)
        ),
        statement=Words(
            "Quantità pesate o contate alla fine della lavorazione.",
            "Quantities weighed or counted at the end of the process.",
        ),
    )


def _delivery_note(plan: StepPlan, number: str, dates: Dates) -> Paper:
    by_role = {role: participant(key) for role, key in plan.parties}
    destination = plan.to or plan.place
    return Paper(
        issuer=_head(by_role["consignor"]),
        title=Words("Documento di trasporto", "Delivery note"),
        number=number,
        issued=dates.at(plan.days_ago, plan.hour),
        fields=(
            (Words("Mittente", "Consignor"), _lines(_head(by_role["consignor"]))),
            (Words("Partenza", "From"), _place(plan.place)),
            (Words("Destinatario", "Consignee"), by_role["consignee"].registered_name),
            (Words("Destinazione", "To"), _place(destination)),
            (Words("Vettore", "Carrier"), by_role["carrier"].registered_name),
            (
                Words("Inizio trasporto", "Departure"),
                f"{dates.at(plan.days_ago, plan.hour):%d/%m/%Y %H:%M}",
            ),
        ),
        table=_goods_table((_NO_WORDS, plan.outputs)),
        statement=Words(
            "Causale: reso da conto lavorazione.", "Reason: return from contract work."
        ),
    )


def _goods_table(*groups: tuple[Words, tuple[Goods, ...]]) -> Table:
    return Table(
        title=Words("Merci", "Goods"),
        heads=(
            Words("Articolo", "Article"),
            Words("GTIN e lotto", "GTIN and lot"),
            _NO_WORDS,
            Words("Quantità", "Quantity"),
        ),
        rows=tuple(
            (goods.name, product_id(goods.product).label, _both(way), _amount(goods))
            for way, each in groups
            for goods in each
        ),
        widths=(36, 34, 18, 16),
    )


def _both(words: Words) -> str:
    return f"{words.it} / {words.en}" if words.it else ""


def _amount(goods: Goods) -> str:
    if goods.quantity is None:
        return ""
    return f"{goods.quantity.value} {_UNITS.get(goods.quantity.unit, 'pz / pcs')}"


def _head(firm: SampleParticipant) -> tuple[str, str]:
    return firm.registered_name, firm.address


def _place(place: Place) -> str:
    return f"{place.name}, {place.street}, {place.postal_code} {place.locality}"


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)
