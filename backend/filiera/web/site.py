# SPDX-License-Identifier: Apache-2.0
"""What the pages share, made once for an application: templates, assets, passports at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from filiera.services import Services
from filiera.services.body import Body
from filiera.settings import Settings
from filiera.web.answers import NEVER_KEPT, html, kept_for
from filiera.web.assets import Assets
from filiera.web.language import Reader, reader_of
from filiera.web.shelf import Bodies, Shelf
from filiera.web.shown import Shown
from filiera.web.templating import Templates


@dataclass(frozen=True, slots=True)
class Site:
    """Found at `app.state.site`."""

    assets: Assets
    templates: Templates
    shelf: Shelf
    page_age: int
    docs: bool
    bodies: Bodies = field(default_factory=Bodies)

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
        body = self._body(reader_of(request), template, data)
        return html(request, body, status=status, caching=caching)

    def page_of(
        self,
        request: Request,
        shown: Shown,
        template: str,
        build: Callable[[], Mapping[str, object]],
    ) -> Response:
        """A page of a passport: a template and the data that `build` makes of what is shown.

        It is made once for all readers who would get the same, as long as the passport is
        shown; `build` is not called again. Its bytes depend on nothing but these.
        """
        reader = reader_of(request)
        body = self.bodies.body(
            shown, (template, reader), lambda: self._body(reader, template, build())
        )
        caching = kept_for(self.page_age) if not shown.view.unavailable else NEVER_KEPT
        return html(request, body, caching=caching)

    def _body(self, reader: Reader, template: str, data: Mapping[str, object]) -> Body:
        text = self.templates.render(reader, template, docs=self.docs, **data)
        return Body.of(text.encode())


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    site: Site = request.app.state.site
    return site
