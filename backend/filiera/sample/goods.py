# SPDX-License-Identifier: Apache-2.0
"""The lots of the sample, each with a GTIN under its maker's own prefix, and the shop."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from filiera.model.gs1_link import digital_link
from filiera.model.named import Named
from filiera.model.statement import Amount, Goods, Place
from filiera.sample.participants import participant, with_check_digit

KILOS: Final = "KGM"
PIECES: Final = "H87"
"""Units of UNECE Recommendation 20."""
_TRIM_MAKER: Final = "9521090"
"""The prefix of a firm that takes no part: its buttons are the sample's gap."""


@dataclass(frozen=True, slots=True)
class Lot:
    """A batch of an article: GTIN of 14 digits and lot number."""

    gtin: str
    number: str
    name: str
    unit: str

    @property
    def id(self) -> str:
        """The canonical Digital Link of the batch."""
        return digital_link("01", self.gtin, ("10", self.number)).uri

    @property
    def named(self) -> Named:
        """The batch as a claim names it."""
        return Named(self.id, self.name)

    def amount(self, quantity: str) -> Goods:
        """So much of the batch, in its unit."""
        return Goods(self.id, self.name, "batch", Amount(Decimal(quantity), self.unit))


def _lot(prefix: str, item: int, number: str, name: str, unit: str) -> Lot:
    return Lot(with_check_digit(f"0{prefix}{item:05}"), number, name, unit)


def _made_by(key: str, item: int, number: str, name: str, unit: str) -> Lot:
    return _lot(participant(key).prefix, item, number, name, unit)


FIBRE: Final = _made_by("fibre", 1, "LR-80-017", "Wool fibre, 80% recycled", KILOS)
ECRU: Final = _made_by("spinner", 1, "EC-0412", "Ecru yarn Nm 2/14", KILOS)
GREEN: Final = _made_by("dyer", 1, "VB-088", "Bottle-green yarn Nm 2/14", KILOS)
PANELS: Final = _made_by("knitter", 1, "TL-0231", "Knitted panels Portico", KILOS)
BUTTONS: Final = _lot(_TRIM_MAKER, 1, "CZ-77", "Corozo buttons 23 mm", PIECES)
CARDIGAN: Final = _made_by("brand", 1, "PT-001", "Cardigan Portico", PIECES)
SCARF: Final = _made_by("brand", 2, "AR-001", "Scarf Arcata", PIECES)

SHOP: Final = Place(
    id=digital_link("414", with_check_digit(f"{participant('brand').prefix}00001")).uri,
    name="Negozio Sottoportico Esempio",
    country="IT",
    street="Via dell'Esempio 99",
    postal_code="40121",
    locality="Bologna",
    region="Emilia-Romagna",
)
