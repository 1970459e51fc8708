# SPDX-License-Identifier: Apache-2.0
"""Who takes part in the sample district: invented firms, real places, GS1's demo prefix 952.

Streets, names and register numbers are made up and say so; no firm of these names is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from filiera.model.gs1_keys import check_digit
from filiera.model.gs1_link import digital_link
from filiera.model.named import Named
from filiera.model.statement import Place
from filiera.proof.facts import Role, Scope

REGISTER: Final = Named("https://filiera.example/registers/sample", "Sample register (none real)")


def with_check_digit(digits: str) -> str:
    """A GTIN or GLN from its digits without the last one."""
    return digits + check_digit(digits)


@dataclass(frozen=True, slots=True)
class SampleParticipant:
    """One participant: `key` is the name of its key, `prefix` its GS1 company prefix.

    `site` is what the place where it works is called. Its GLN (13 digits) names both the
    party and that place.
    """

    key: str
    roles: Role
    scopes: Scope
    registered_name: str
    registered_id: str
    prefix: str
    site: str
    street: str
    postal_code: str
    locality: str
    region: str
    country: str = "IT"

    @property
    def gln(self) -> str:
        """The GLN, 13 digits."""
        return with_check_digit(f"{self.prefix}00000")

    @property
    def party(self) -> Named:
        """The participant as a party of a step or product."""
        return Named(digital_link("417", self.gln).uri, self.registered_name)

    @property
    def place(self) -> Place:
        """Where it works, with its whole address."""
        return Place(
            id=digital_link("414", self.gln).uri,
            name=self.site,
            country=self.country,
            street=self.street,
            postal_code=self.postal_code,
            locality=self.locality,
            region=self.region,
        )

    @property
    def address(self) -> str:
        """The address in one line."""
        return f"{self.street}, {self.postal_code} {self.locality} ({self.region})"


_TOWNS: Final = {
    "Biella": ("13900", "Piemonte"),
    "Bologna": ("40121", "Emilia-Romagna"),
    "Carpi": ("41012", "Emilia-Romagna"),
    "Castel Maggiore": ("40013", "Emilia-Romagna"),
    "Funo di Argelato": ("40050", "Emilia-Romagna"),
    "Modena": ("41121", "Emilia-Romagna"),
    "Montemurlo": ("59013", "Toscana"),
    "Prato": ("59100", "Toscana"),
    "San Lazzaro di Savena": ("40068", "Emilia-Romagna"),
}


def _in_town(
    number: int, key: str, roles: Role, name: str, town: str, site: str
) -> SampleParticipant:
    postal_code, region = _TOWNS[town]
    return SampleParticipant(
        key=key,
        roles=roles,
        scopes=Scope.ANCHOR if roles is Role.OPERATOR else Scope.RECORDS | Scope.STATUS,
        registered_name=name,
        registered_id=f"CAMPIONE-{number:04}",
        prefix=f"952{1000 + number}",
        site=site,
        street=f"Via dell'Esempio {number}",
        postal_code=postal_code,
        locality=town,
        region=region,
    )


PARTICIPANTS: Final = (
    _in_town(1, "association", Role.ASSOCIATION, "Consorzio Esempio Moda", "Bologna", "Sede"),
    _in_town(2, "operator", Role.OPERATOR, "Nodo Esempio del Distretto", "Bologna", "Sala nodi"),
    _in_town(3, "importer", Role.IMPORTER, "Sportello Dati Campione", "Bologna", "Sportello"),
    _in_town(
        4, "certifier", Role.CERTIFIER, "Istituto Prove Campione", "Modena", "Laboratorio prove"
    ),
    _in_town(
        5, "fibre", Role.PRODUCER, "Rigenerati Campione", "Montemurlo", "Impianto di sfilacciatura"
    ),
    _in_town(6, "spinner", Role.PRODUCER, "Filatura Esempio", "Biella", "Filatura"),
    _in_town(7, "dyer", Role.PRODUCER, "Tintoria Campione", "Prato", "Tintoria"),
    _in_town(8, "knitter", Role.PRODUCER, "Maglificio Esempio", "Carpi", "Maglificio"),
    _in_town(
        9,
        "workshop",
        Role.PRODUCER,
        "Confezioni Campione",
        "Castel Maggiore",
        "Laboratorio di confezione",
    ),
    _in_town(10, "brand", Role.PRODUCER, "Sottoportico Esempio", "Funo di Argelato", "Magazzino"),
    _in_town(
        11, "carrier", Role.PRODUCER, "Corriere Campione", "San Lazzaro di Savena", "Deposito"
    ),
)
"""Every participant, the founding association first."""

_BY_KEY: Final = {each.key: each for each in PARTICIPANTS}


def participant(key: str) -> SampleParticipant:
    """The participant of that key; raises KeyError."""
    return _BY_KEY[key]
