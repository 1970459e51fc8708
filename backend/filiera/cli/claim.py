# SPDX-License-Identifier: Apache-2.0
"""`filiera claim new`: a firm's own word on its goods, with the documents that it has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from filiera.cli import clock
from filiera.cli.issuing import Draft, Issuer, agreed, issuer_of, show_issued, sign_and_submit
from filiera.cli.options import (
    ApiUrl,
    DeploymentFile,
    IssuerName,
    Json,
    KeyName,
    KeysFolder,
    PasswordFile,
    Yes,
)
from filiera.cli.output import Output
from filiera.cli.session import Session
from filiera.cli.typed import (
    ChosenFile,
    complete_criterion,
    read_chosen,
    typed_criteria,
    typed_day,
    typed_product,
    typed_scheme,
    typed_until,
)
from filiera.cli.wording import one_line, product_label
from filiera.cli.words import language, say
from filiera.errors import InputError
from filiera.model.builders import self_declaration
from filiera.model.criteria import CRITERIA, CriterionCode
from filiera.model.gs1 import ProductId
from filiera.model.ids import b64url
from filiera.model.named import Named

About = Annotated[list[str], typer.Option("--about", metavar="PRODUCT", help=say("claim.about"))]
Criteria = Annotated[
    list[str],
    typer.Option(
        "--criterion",
        metavar="CODE",
        help=say("claim.criterion"),
        autocompletion=complete_criterion,
    ),
]
Certificate = Annotated[Path | None, typer.Option(metavar="FILE", help=say("claim.certificate"))]
Evidence = Annotated[list[Path] | None, typer.Option(metavar="FILE", help=say("claim.evidence"))]
Scheme = Annotated[str | None, typer.Option(metavar="SCHEME", help=say("claim.scheme"))]
Number = Annotated[str | None, typer.Option(metavar="NUMBER", help=say("claim.number.help"))]
ValidUntil = Annotated[str | None, typer.Option(metavar="DATE", help=say("claim.valid-until"))]
AssessedOn = Annotated[str | None, typer.Option(metavar="DATE", help=say("claim.assessed-on"))]
Description = Annotated[str | None, typer.Option(metavar="TEXT", help=say("claim.description"))]
ProductName = Annotated[str | None, typer.Option(metavar="NAME", help=say("claim.product-name"))]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    group = typer.Typer(help=say("help.claim"), no_args_is_help=True)
    group.command("new", help=say("help.claim.new"), epilog=say("help.claim.new.epilog"))(new)
    app.add_typer(group, name="claim")


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """What a person typed, read: everything but who says it."""

    products: tuple[ProductId, ...]
    criteria: tuple[CriterionCode, ...]
    assessed_on: str
    certificate: ChosenFile | None = None
    evidence: tuple[ChosenFile, ...] = ()
    scheme: Named | None = None
    number: str | None = None
    valid_until: str | None = None
    description: str | None = None
    product_name: str | None = None

    @property
    def title(self) -> str:
        """The record's name: its criteria, in English as records are."""
        return ", ".join(CRITERIA[code].name_en for code in self.criteria)

    @property
    def named_products(self) -> tuple[Named, ...]:
        """The products; a name that is not known is the identifier's own numbers."""
        return tuple(Named(each.uri, self.product_name or each.label) for each in self.products)

    @property
    def files(self) -> tuple[ChosenFile, ...]:
        """The files that go with the record."""
        return (*((self.certificate,) if self.certificate else ()), *self.evidence)


def new(
    about: About,
    criterion: Criteria,
    certificate: Certificate = None,
    scheme: Scheme = None,
    number: Number = None,
    valid_until: ValidUntil = None,
    evidence: Evidence = None,
    assessed_on: AssessedOn = None,
    description: Description = None,
    product_name: ProductName = None,
    issuer_name: IssuerName = None,
    key: KeyName = None,
    keys: KeysFolder = None,
    password_file: PasswordFile = None,
    api: ApiUrl = None,
    deployment: DeploymentFile = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """State a claim about a product or lot."""
    session = Session(Output(json=json), api, keys, password_file, key, deployment)
    if certificate is None:
        _only_with_certificate(scheme=scheme, number=number)
    terms = ClaimTerms(
        products=tuple(typed_product(each, "--about") for each in about),
        criteria=tuple(typed_criteria(criterion)),
        assessed_on=typed_day(assessed_on, "--assessed-on")
        if assessed_on
        else clock.now().date().isoformat(),
        certificate=read_chosen(certificate, "--certificate") if certificate else None,
        evidence=tuple(read_chosen(path, "--evidence") for path in evidence or ()),
        scheme=typed_scheme(scheme) if scheme else None,
        number=number,
        valid_until=typed_until(valid_until, "--valid-until") if valid_until else None,
        description=description,
        product_name=product_name,
    )
    issuer = issuer_of(session, issuer_name)
    draft = draft_claim(terms, issuer)
    agreed(session, draft, issuer, yes=yes)
    show_issued(session.out, sign_and_submit(session, draft, issuer), "claim.stored")


def _only_with_certificate(**given: str | None) -> None:
    for name, value in given.items():
        if value is not None:
            raise InputError(
                "usage", say("claim.no-certificate", option=f"--{name}"), where=f"--{name}"
            )


def draft_claim(terms: ClaimTerms, issuer: Issuer) -> Draft:
    """The self-declared claim that `terms` describe, checked and ready to be shown."""
    payload = self_declaration(
        issuer.envelope(terms.title, valid_until=terms.valid_until),
        criteria=terms.criteria,
        products=terms.named_products,
        assessed_on=terms.assessed_on,
        scheme=terms.scheme,
        number=terms.number,
        certificate=terms.certificate.link if terms.certificate else None,
        evidence=[file.link for file in terms.evidence],
        description=terms.description,
    )
    remarks = [say("claim.own-word")]
    if terms.certificate is not None:
        remarks.append(say("claim.own-word.certificate"))
    return Draft(say("claim.title"), payload, _rows(terms), terms.files, tuple(remarks))


def _rows(terms: ClaimTerms) -> dict[str, str]:
    lang = language()
    rows = {
        "field.about": "\n".join(_product_line(each) for each in terms.products),
        "field.criterion": ", ".join(say(f"criterion.{code}") for code in terms.criteria),
        "field.assessed": terms.assessed_on,
        "field.certificate": _file_line(terms.certificate) if terms.certificate else "",
        "field.scheme": _scheme_line(terms.scheme) if terms.scheme else "",
        "field.number": terms.number or "",
        "field.until": one_line(terms.valid_until) if terms.valid_until else "",
        "field.evidence": "\n".join(_file_line(file) for file in terms.evidence),
        "field.description": terms.description or "",
    }
    return {say(name, lang=lang): value for name, value in rows.items() if value}


def _product_line(product: ProductId) -> str:
    return f"{product_label(product.uri, language())}\n{product.uri}"


def _scheme_line(scheme: Named) -> str:
    return scheme.name if scheme.name == scheme.id else f"{scheme.name}\n{scheme.id}"


def _file_line(file: ChosenFile) -> str:
    size = say("file.size", kilobytes=max(1, round(len(file.data) / 1024)))
    return f"{file.name} ({size})\nSHA-256 {b64url(file.sha256)}"
