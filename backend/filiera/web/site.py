# SPDX-License-Identifier: Apache-2.0
"""What the pages share, made once for an application: templates, assets, passports at hand."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from filiera.services import Services
from filiera.settings import Settings
from filiera.web.answers import html
from filiera.web.assets import Assets
from filiera.web.shelf import Shelf
from filiera.web.templating import Templates


@dataclass(frozen=True, slots=True)
class Site:
    """Found at `app.state.site`."""

    assets: Assets
    templates: Templates
    shelf: Shelf
    page_age: int
    docs: bool

    @classmethod
    def of(cls, services: Services, settings: Settings, *, docs: bool = True) -> Site:
        """The site over these services; with `docs` it leads to the API's own page."""
        assets = Assets()
        age = settings.page_age
        return cls(assets, Templates(assets), Shelf(services, age), age, docs)

    def page(
        self,
        request: Request,
        template: str,
        /,
        *,
        status: int = 200,
        caching: str,
        **data: object,
    ) -> Response:
        """A template as an answer, in the reader's language."""
        text = self.templates.render(request, template, docs=self.docs, **data)
        return html(request, text, status=status, caching=caching)


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    site: Site = request.app.state.site
    return site
