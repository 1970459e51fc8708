# SPDX-License-Identifier: Apache-2.0
"""Test and inspection reports: who measured what, with invented results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from filiera.sample.claims import ASSESSED
from filiera.sample.goods import CARDIGAN, FIBRE, GREEN, Lot
from filiera.sample.paper import Table, Words

_TEST: Final = Words("Prova", "Test")
_RESULT: Final = Words("Risultato", "Result")
_LIMIT: Final = Words("Limite", "Limit")
_RESULTS: Final = Words("Risultati", "Results")
_TEST_REPORT: Final = Words("Rapporto di prova", "Test report")
_AS_RECEIVED: Final = Words(
    "I risultati riguardano soltanto il campione provato.",
    "The results concern the specimen tested and nothing else.",
)


@dataclass(frozen=True, slots=True)
class Report:
    """One report by `issuer` for `client` (participants' keys) about a specimen of a lot."""

    issuer: str
    client: str
    title: Words
    number: str
    specimen: str
    lot: Lot
    days_ago: int
    table: Table
    statement: Words = _AS_RECEIVED


def _measured(*rows: tuple[str, str, str]) -> Table:
    return Table(_RESULTS, (_TEST, _RESULT, _LIMIT), rows, (58, 24, 24), figures=2)


REPORTS: Final[dict[str, Report]] = {
    "fibre-report": Report(
        issuer="certifier",
        client="fibre",
        title=_TEST_REPORT,
        number="RP-0117",
        specimen="Fiocco, 2 kg da balla / Loose fibre, 2 kg from a bale",
        lot=FIBRE,
        days_ago=ASSESSED,
        table=_measured(
            ("Lana riciclata / Recycled wool", "81.2%", "min. 80%"),
            ("Lana vergine / Virgin wool", "18.6%", ""),
            ("Altre fibre / Other fibres", "0.2%", "max. 0.5%"),
            ("Finezza media / Mean fineness", "20.4 µm", ""),
        ),
    ),
    "chemical-report": Report(
        issuer="certifier",
        client="dyer",
        title=_TEST_REPORT,
        number="RP-0342",
        specimen="Campioncino tinto, 50 g / Laboratory dip, 50 g",
        lot=GREEN,
        days_ago=ASSESSED,
        table=_measured(
            ("pH", "5.6", "4.0 - 7.5"),
            ("Formaldeide / Formaldehyde", "< 5 mg/kg", "75 mg/kg"),
            ("Ammine aromatiche / Arylamines", "< 5 mg/kg", "20 mg/kg"),
            ("Cromo VI / Chromium VI", "< 0.5 mg/kg", "0.5 mg/kg"),
            ("Cadmio / Cadmium", "< 0.1 mg/kg", "0.1 mg/kg"),
            ("PFAS (fluoro totale / total fluorine)", "< 10 mg/kg", "50 mg/kg"),
        ),
    ),
    "social-annex": Report(
        issuer="certifier",
        client="workshop",
        title=Words("Allegato riservato all'audit", "Confidential annex to the audit"),
        number="AA-0058",
        specimen="Buste paga e interviste / Payslips and interviews",
        lot=CARDIGAN,
        days_ago=ASSESSED,
        table=_measured(
            ("Interviste / Interviews", "9", "min. 8"),
            ("Non conformità minori / Minor findings", "1", "max. 3"),
            ("Non conformità gravi / Major findings", "0", "0"),
        ),
        statement=Words(
            "Riservato: si consegna solo a chi ne ha titolo.",
            "Confidential: handed over to those entitled to it alone.",
        ),
    ),
    "dyeing-report": Report(
        issuer="dyer",
        client="brand",
        title=Words("Rapporto di tintura", "Dyeing report"),
        number="RT-0088",
        specimen="Matassa dal bagno / Hank from the bath",
        lot=GREEN,
        days_ago=17,
        table=_measured(
            ("Solidità al lavaggio / Fastness to washing", "4-5", "min. 4"),
            ("Solidità alla luce / Fastness to light", "5", "min. 4"),
            ("Solidità allo sfregamento / Fastness to rubbing", "4", "min. 3-4"),
            ("Acqua per kg di filato / Water per kg of yarn", "48 l", ""),
        ),
    ),
    "inspection-report": Report(
        issuer="brand",
        client="workshop",
        title=Words("Verbale di controllo", "Inspection report"),
        number="VC-0061",
        specimen="150 capi, controllo totale / 150 pieces, every one",
        lot=CARDIGAN,
        days_ago=5,
        table=_measured(
            ("Capi conformi / Pieces passed", "148", ""),
            ("Capi trattenuti / Pieces held back", "2", "max. 3"),
            ("Scarto massimo di misura / Largest deviation", "9 mm", "15 mm"),
        ),
    ),
    "quality-sheet": Report(
        issuer="workshop",
        client="brand",
        title=Words("Scheda qualità del lavoro", "Quality of work sheet"),
        number="QL-0061",
        specimen="Primi 20 cardigan / First 20 cardigans",
        lot=CARDIGAN,
        days_ago=6,
        table=_measured(
            ("Maglie rimagliate / Loops linked", "100%", "100%"),
            ("Capi rifatti / Pieces redone", "1", "max. 2"),
            ("Pilling", "4", "min. 3-4"),
            ("Variazione dimensionale / Dimensional change", "-1.8%", "max. 3%"),
        ),
    ),
    "distances": Report(
        issuer="brand",
        client="brand",
        title=Words("Distanze da Bologna", "Distances from Bologna"),
        number="DB-0001",
        specimen="Luoghi delle lavorazioni / Places of the steps",
        lot=CARDIGAN,
        days_ago=2,
        table=Table(
            Words("In linea d'aria", "As the crow flies"),
            (
                Words("Lavorazione", "Step"),
                Words("Luogo", "Place"),
                Words("Chilometri", "Kilometres"),
            ),
            (
                ("Fibra / Fibre", "Montemurlo", "68"),
                ("Filatura / Spinning", "Biella", "285"),
                ("Tintura / Dyeing", "Prato", "71"),
                ("Maglieria / Knitting", "Carpi", "48"),
                ("Confezione / Making-up", "Castel Maggiore", "9"),
            ),
            (50, 35, 21),
        ),
        statement=Words(
            "Distanze arrotondate tra i centri dei comuni.",
            "Rounded distances between the towns' centres.",
        ),
    ),
}
