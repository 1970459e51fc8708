# SPDX-License-Identifier: Apache-2.0
"""Where things are found on the site."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from filiera.api.names import PREFIX, record_path
from filiera.api.names import passport_path as api_passport_path
from filiera.model.addresses import PAGE_BY_ID, page_path
from filiera.model.gs1 import product_id
from filiera.model.ids import b64url, parse_ni

HOME: Final = "/"
PASSPORT: Final = PAGE_BY_ID
SEARCH: Final = "/search"
DOCUMENTS: Final = "/documents"
AUDIT: Final = "/audit"
TRUST: Final = f"{PREFIX}/trust"
"""The trust file that this server's bundles are read by, as the server says it."""


def passport_address(product: str) -> str:
    """The page of a product's passport, by its canonical id."""
    return page_path(product_id(product))


def document_address(sha256: str) -> str:
    """A document by the 0x hexadecimal of its SHA-256."""
    return f"{DOCUMENTS}/{b64url(bytes.fromhex(sha256[2:]))}"


def bundle_address(product: str) -> str:
    """The passport as a bundle."""
    return f"{api_passport_path(product)}/bundle"


def json_address(product: str) -> str:
    """The passport as the API gives it."""
    return api_passport_path(product)


def qr_address(product: str) -> str:
    """The QR code that leads to the page."""
    return f"{api_passport_path(product)}/qr.svg"


def audit_address(product: str, file: str = "", **asked: object) -> str:
    """The auditor's view, or a `file` of it (`/checks.csv`); what is None is not asked for."""
    query = {"id": product} | {name: str(each) for name, each in asked.items() if each is not None}
    return f"{AUDIT}{file}?{urlencode(query)}"


def record_address(record: str) -> str:
    """A record as the API gives it, by its ni URI."""
    return record_path(parse_ni(record))
