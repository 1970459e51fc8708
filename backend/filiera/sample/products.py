# SPDX-License-Identifier: Apache-2.0
"""The sample's two products and the passport of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from filiera.model.base import Payload, to_payload
from filiera.model.builders import passport
from filiera.model.links import LinkType
from filiera.model.named import Classified, Named
from filiera.model.records import parse_record
from filiera.model.statement import Ingredient, OwnProduct, PartyInRole
from filiera.sample.claims import CLAIMS
from filiera.sample.goods import CARDIGAN, SCARF, Lot
from filiera.sample.participants import participant
from filiera.sample.plan import Context, SampleProduct
from filiera.sample.steps import step

GTIN_SCHEME: Final = Named("https://id.gs1.org/01", "GS1 GTIN")
HS: Final = Named("https://www.wcoomd.org/en/topics/nomenclature", "Harmonized System 2022")
OWN_ROUND: Final = 7
STATED: Final = 1
"""Days before the run at which the brand states its passports."""
VALID_FOR: Final = 3650
"""Days for which a passport stands: about as long as the garment should last."""

_RECYCLED_WOOL: Final = Classified("510400", "Garnetted stock of wool", HS)
_MERINO: Final = Classified("510529", "Wool tops and other combed wool", HS)
_COROZO: Final = Classified("960629", "Buttons", HS)


@dataclass(frozen=True, slots=True)
class ProductPlan:
    """What the brand says of a product; `made_by` is the key of the step that makes it.

    Shares of the materials add up to 1. `grams` is the weight of a piece.
    """

    lot: Lot
    own: str
    model: str
    category: Classified
    description: str
    made_by: str
    grams: int
    materials: tuple[Ingredient, ...]
    characteristics: Mapping[str, str]
    steps: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def product(self) -> SampleProduct:
        """The product as the demonstration needs it."""
        lot = self.lot
        return SampleProduct(
            lot.id, lot.name, lot.gtin, lot.number, self.own, self.steps, self.claims
        )


MAIN: Final = ProductPlan(
    lot=CARDIGAN,
    own="cardigan-passport",
    model="PORTICO",
    category=Classified("611011", "Jerseys, pullovers, cardigans, knitted, of wool", HS),
    description="Unisex cardigan in recycled wool, bottle green with ecru borders.\n"
    "Cardigan unisex in lana rigenerata, verde bottiglia con bordi ecru.",
    made_by="making-up",
    grams=420,
    materials=(
        Ingredient("Recycled wool", "IT", _RECYCLED_WOOL, Decimal("0.784"), Decimal(1)),
        Ingredient("Merino wool", "AU", _MERINO, Decimal("0.196"), Decimal(0)),
        Ingredient("Corozo (buttons)", "EC", _COROZO, Decimal("0.020"), Decimal(0)),
    ),
    characteristics={
        "sizes": "S, M, L",
        "careEn": "Hand wash cold, dry flat, do not tumble dry.",
        "careIt": "Lavare a mano in acqua fredda, asciugare in piano, non asciugare a macchina.",
        "repairEn": "Mending and spare buttons at the shop, free for five years.",
        "repairIt": "Rammendo e bottoni di ricambio in negozio, gratis per cinque anni.",
        "endOfLifeEn": "Bring it back to the shop: once the buttons are off, it is recycled.",
        "endOfLifeIt": "Riportare in negozio: tolti i bottoni, la lana si rigenera ancora.",
    },
    steps=("fibre", "spinning", "dyeing", "knitting", "making-up", "inspection", "transport"),
    claims=(
        "recycled-content",
        "chemical-safety",
        "social-audit",
        "quality-of-work",
        "traceability",
        "short-supply-chain",
    ),
)

SECOND: Final = ProductPlan(
    lot=SCARF,
    own="scarf-passport",
    model="ARCATA",
    category=Classified("611710", "Shawls, scarves and the like, knitted", HS),
    description="Undyed scarf in recycled wool.\nSciarpa non tinta in lana rigenerata.",
    made_by="scarf-knitting",
    grams=210,
    materials=(
        Ingredient("Recycled wool", "IT", _RECYCLED_WOOL, Decimal("0.80"), Decimal(1)),
        Ingredient("Merino wool", "AU", _MERINO, Decimal("0.20"), Decimal(0)),
    ),
    characteristics={
        "careEn": "Hand wash cold, dry flat.",
        "careIt": "Lavare a mano in acqua fredda, asciugare in piano.",
    },
    steps=("fibre", "spinning", "scarf-knitting", "scarf-transport"),
    claims=("recycled-content", "scarf-chemical"),
)

_CLAIM_NAMES: Final = {plan.key: plan.name for plan in CLAIMS}


def passport_payload(plan: ProductPlan, context: Context) -> Payload:
    """The product's own record: everything that it vouches for, and what UNTP asks for."""
    dates = context.dates
    envelope = context.envelope(
        plan.own,
        "brand",
        f"Passport of {plan.lot.name}",
        dates.instant(STATED, 12),
        dates.instant(STATED - VALID_FOR, 12),
    )
    steps = [context.link(key, LinkType.STEP, step(key).name) for key in plan.steps]
    claims = [context.link(key, LinkType.CLAIM, _CLAIM_NAMES[key]) for key in plan.claims]
    payload = passport(envelope, _product(plan, context), links=[*steps, *claims])
    return _with_details(payload, plan)


def _product(plan: ProductPlan, context: Context) -> OwnProduct:
    made = step(plan.made_by)
    return OwnProduct(
        product=plan.lot.id,
        name=plan.lot.name,
        granularity="batch",
        scheme=GTIN_SCHEME,
        categories=(plan.category,),
        place=made.place,
        country="IT",
        description=plan.description,
        model_number=plan.model,
        batch_number=plan.lot.number,
        production_date=context.dates.day(made.days_ago),
        materials=plan.materials,
        parties=(
            PartyInRole("brandOwner", participant("brand").party),
            PartyInRole("manufacturer", participant(made.signer).party),
        ),
    )


def _with_details(payload: Payload, plan: ProductPlan) -> Payload:
    """Weight, care and repair, which the builder leaves to its caller."""
    details: dict[str, Any] = {
        "characteristics": {"type": ["Characteristics"], **plan.characteristics},
        "dimensions": {"weight": {"value": Decimal(plan.grams) / 1000, "unit": "KGM"}},
    }
    subject = {**payload["credentialSubject"], **details}
    return to_payload(parse_record({**payload, "credentialSubject": subject}))
