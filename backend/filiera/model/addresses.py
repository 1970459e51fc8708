# SPDX-License-Identifier: Apache-2.0
"""Where a product's page stands: what its QR code says, and where every link to it leads."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from filiera.errors import SetupError
from filiera.model.gs1 import ProductId

PAGE_BY_ID: Final = "/passport"
"""The page of a product by any spelling of its id, `?id=`."""
MAX_BASE: Final = 200
"""Characters of the address of a site that labels lead to."""
_BASE = re.compile(r"https?://[A-Za-z0-9.\[\]:-]+(?:/[A-Za-z0-9._~/-]*)?")


def page_path(product: ProductId) -> str:
    """The path of a product's page: of its Digital Link if it has a GTIN, else by its id."""
    if product.gtin is not None and product.link is not None:
        return product.link.path
    return f"{PAGE_BY_ID}?id={quote(product.uri, safe='')}"


def page_url(base: str, product: ProductId) -> str:
    """The page on the site at `base` (`site_base`): what a label says."""
    return base + page_path(product)


def site_base(text: str, *, where: str) -> str:
    """The address of a site, without a slash at its end; raises SetupError (`setting-invalid`).

    It has a scheme (http or https) and a host, perhaps a port and a path; nothing behind them.
    """
    base = text.strip().rstrip("/")
    try:
        plain = bool(_BASE.fullmatch(base) and urlsplit(base).hostname) and len(base) <= MAX_BASE
        urlsplit(base).port  # noqa: B018 - raises for a port that is none
    except ValueError:
        plain = False
    if not plain:
        raise SetupError(
            "setting-invalid",
            f"{text[:80]!r} is not the address of a site.",
            where=where,
            hint="Write it like https://passports.example.com, with neither ? nor #.",
        )
    return base
