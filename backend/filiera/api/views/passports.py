# SPDX-License-Identifier: Apache-2.0
"""Products and what leads up to them, as the API shows them."""

from __future__ import annotations

from pydantic import Field

from filiera.api.views.records import StoredRecordView
from filiera.services.view_parts import View


class ProductEntryView(View):
    """A product that has a passport here."""

    product: str
    label: str = Field(description="Its numbers alone, for people.")
    href: str


class ProductsView(View):
    """The products that have a passport here, first stored first."""

    total: int
    passports: list[ProductEntryView]


class UpstreamRecordView(StoredRecordView):
    """A record that leads up to a product, and what became of it since."""

    standing: str = Field(description="A state of standing; unknown where the chain is down.")


class UpstreamView(View):
    """What a product's own record could list: everything stored that leads up to it.

    Whose words they are is for the issuer to judge, who decides what to vouch for.
    """

    product: str
    own: str | None = Field(description="Its own record now, which a reissue would replace.")
    steps: list[UpstreamRecordView] = Field(description="From fibre to shop.")
    claims: list[UpstreamRecordView]
    left_out: int = Field(description="How many more there are than an own record can list.")
