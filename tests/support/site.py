# SPDX-License-Identifier: Apache-2.0
"""Pages of the district in memory: how to ask for one, how to read it, how to bring it about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from filiera.model.builders import self_declaration
from filiera.model.criteria import CriterionCode
from filiera.model.named import Named
from filiera.model.times import format_instant
from filiera.proof.facts import Account, Finding, Status, StatusKind
from tests.support.server import Server
from tests.support.world import ANCHORED, GARMENT, REPORT, YARN, World, goods

PAGE: Final = "/passport?id=09520000000028/LOT-1"
AUDIT: Final = "/audit?id=09520000000028/LOT-1"
INLINE: Final = frozenset({"a", "b", "code", "span", "time"})
VOID: Final = frozenset({"br", "img", "input", "link", "meta", "path", "use", "circle", "rect"})


@dataclass
class Element:
    """An element of a page, its attributes, and all text within it."""

    name: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Document(HTMLParser):
    """A page, read as a browser would, but for what a browser mends."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.handle_data(" ")
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in reversed(self.open):
            element.text += data
            if element.name == "template":
                break  # what it holds is no text of the page

    def of(self, name: str, **attributes: str) -> list[Element]:
        """The elements of that name with these attributes (`class_` for `class`)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            each
            for each in self.elements
            if each.name == name
            and all(
                value in (each.attributes.get(key) or "").split() for key, value in wanted.items()
            )
        ]

    def one(self, name: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.of(name, **attributes)
        return found

    @property
    def text(self) -> str:
        """What a person reads, spaces squeezed."""
        return " ".join(self.one("body").text.split())


def parse(text: str) -> Document:
    """A page as a document whose every element is closed."""
    document = Document()
    document.feed(text)
    document.close()
    assert not document.open, document.open
    return document


def read(server: Server, address: str = PAGE, language: str = "en", status: int = 200) -> Document:
    """The page at an address in a language."""
    joint = "&" if "?" in address else "?"
    response = server.client.get(f"{address}{joint}lang={language}")
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return parse(response.text)


# The states of a passport, each brought about as it comes about


def submit_with_report(server: Server) -> None:
    """Every record of the world, the first step with its document."""
    parts: Any = [("record", (None, jws)) for jws in server.world.jws.values()]
    parts.append(("document", ("report.pdf", REPORT, "application/pdf")))
    response = server.client.post("/v1/records", files=parts)
    assert all(each["status"] == 201 for each in response.json()["results"]), response.text


def without_gap(world: World, **claim: Any) -> World:
    """The world, its garment made of the yarn alone; `claim` changes the envelope of the claim."""
    world.jws["weave"] = world.sign(world.brand, world.weave(inputs=[goods(YARN)]))
    if claim:
        payload = self_declaration(
            world.brand.envelope("Short chain", **claim),
            criteria=[CriterionCode.SHORT_SUPPLY_CHAIN],
            products=[Named(GARMENT, "Garment")],
            assessed_on="2026-09-01",
        )
        world.jws["claim"] = world.sign(world.brand, payload)
    world.jws["own"] = world.sign(world.brand, world.own())
    return world


def anchored(world: World | None = None) -> Server:
    """A server with everything submitted and anchored, by default a world without a gap."""
    server = Server(world or without_gap(World()))
    submit_with_report(server)
    server.anchor()
    return server


def proven() -> Server:
    return anchored()


def gap() -> Server:
    return anchored(World())


def claim_expired() -> Server:
    server = anchored(without_gap(World(), valid_until=format_instant(ANCHORED + 3600)))
    server.clock.seconds = ANCHORED + 7200
    return server


def with_status(server: Server, name: str, kind: StatusKind) -> Server:
    """The record of that name with a status by its own issuer."""
    firm = server.world.brand
    entry = Status(kind, 1, server.ledger.time, server.ledger.time, firm.signer.address)
    server.ledger.statuses[firm.id, server.world.id(name)] = (entry,)
    return server


def claim_withdrawn() -> Server:
    return with_status(proven(), "claim", StatusKind.REVOKED)


def revoked() -> Server:
    return with_status(proven(), "own", StatusKind.REVOKED)


def suspended() -> Server:
    return with_status(proven(), "own", StatusKind.SUSPENDED)


def superseded() -> Server:
    return with_status(proven(), "own", StatusKind.SUPERSEDED)


def contested() -> Server:
    server = proven()
    finding = Finding(b"\1" * 32, server.world.association.signer.address, server.ledger.time)
    server.ledger.findings[server.world.id("own")] = (finding,)
    return server


def disproven() -> Server:
    """The mill's account is no longer the mill's."""
    server = proven()
    address = server.world.mill.signer.address
    server.ledger.accounts[address] = Account(address, None)
    return server


def pending() -> Server:
    server = Server(without_gap(World()))
    submit_with_report(server)
    return server


def incomplete() -> Server:
    """A step that the passport lists was never handed in."""
    server = Server(without_gap(World()))
    for name, jws in server.world.jws.items():
        if name != "spin":
            assert server.submit(jws).status_code == 201
    server.anchor()
    return server


def outage_chain() -> Server:
    server = proven()
    server.ledger.down = True
    return server


def outage_documents() -> Server:
    server = proven()
    server.documents.down = True
    return server


SITUATIONS: Final[dict[str, Callable[[], Server]]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        *(proven, gap, claim_expired, claim_withdrawn, contested, incomplete, outage_documents),
        *(pending, superseded, suspended, revoked, outage_chain, disproven),
    )
}
"""By the name of the state that heads the page."""


# What a hostile issuer writes

EVIL: Final = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}%(who)s %s"
_TEXTS: Final = frozenset(
    {"name", "linkName", "description", "registeredName", "registeredId", "schemeName"}
    | {"addressLocality", "certificateNumber", "code", "modelNumber", "care", "repair"}
)


def poisoned(value: Any) -> Any:
    """The same payload with the attack in every text that a person may get to read."""
    if isinstance(value, list):
        return [poisoned(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: EVIL if name in _TEXTS and isinstance(each, str) else poisoned(each)
        for name, each in value.items()
    }


class HostileWorld(World):
    """Everybody writes scripts wherever they may write at all."""

    def sign(self, firm: Any, payload: dict[str, Any]) -> bytes:
        subject = payload["credentialSubject"]
        if "relatedDocument" in subject and "idGranularity" in subject:
            stated = {"type": ["Characteristics"], "care": "?", "repair": "?"}
            payload = {**payload, "credentialSubject": {**subject, "characteristics": stated}}
        return super().sign(firm, poisoned(payload))


def visible(document: Document) -> Iterator[str]:
    """Every text that is shown or read out."""
    yield document.text
    for element in document.elements:
        for name in ("aria-label", "title", "alt", "placeholder", "value"):
            if text := element.attributes.get(name):
                yield text
