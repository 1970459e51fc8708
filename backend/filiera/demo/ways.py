# SPDX-License-Identifier: Apache-2.0
"""The ways to the product's page: on this machine, and with PUBLIC for a phone beside it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from rich.console import Console

from filiera.cli.qr import show_code
from filiera.cli.words import say
from filiera.demo.request import FIND_ADDRESS
from filiera.demo.server import WebServer
from filiera.model.addresses import page_url
from filiera.model.gs1 import product_id
from filiera.services import Services
from filiera.settings import Settings
from filiera.stack.lan import lan_address, listen_at
from filiera.web.public import create_public_site


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses of one page.

    `here` is on loopback, `phone` in the local network and None without PUBLIC; both are None
    where the demonstration ends, and serves nobody. `label` is what a label of it says.
    """

    here: str | None
    phone: str | None
    label: str

    def show(self, console: Console) -> None:
        """With PUBLIC the code for the phone's camera; that nothing is served, if so."""
        if self.here is None:
            console.print(say("demo.over"))
        if self.phone is not None:
            console.print(say("demo.phone"))
            show_code(console, self.phone)
            console.print(say("demo.phone.who"))

    @property
    def lines(self) -> list[str]:
        """Lines for programs too, English everywhere."""
        ways = {"page": self.here, "phone": self.phone}
        return [f"{name}: {address}" for name, address in ways.items() if address is not None]


def ways_to(
    product: str, web: str, public: str | None, settings: Settings, *, serves: bool
) -> Ways:
    """The ways to a product's page on the sites at `web` and, for phones, `public`.

    `serves` says whether they go on serving once the ways are shown.
    """
    named = product_id(product)
    label = page_url(public or settings.public_url or web, named)
    if not serves:
        return Ways(here=None, phone=None, label=label)
    phone = page_url(public, named) if public else None
    return Ways(here=page_url(web, named), phone=phone, label=label)


def public_address(wanted: str | None) -> str | None:
    """The address at which the network is to see the pages; FIND_ADDRESS finds it.

    Raises SetupError (`network-missing`) for none, or one that this machine has not: before
    anything else is started.
    """
    if wanted is None:
        return None
    address = lan_address() if wanted == FIND_ADDRESS else wanted
    listen_at(address, 0).close()
    return address


def open_to_network(
    address: str, port: int, services: Services, settings: Settings, held: ExitStack
) -> str:
    """Serve the pages alone at an address of this machine, on another port if that is taken.

    Returns where they are; raises SetupError (`network-missing`).
    """
    listening = listen_at(address, port)
    url = f"http://{address}:{listening.getsockname()[1]}"
    site = create_public_site(services, settings=settings.model_copy(update={"public_url": url}))
    return held.enter_context(WebServer(site, listening)).url
