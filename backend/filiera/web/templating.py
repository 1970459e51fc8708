# SPDX-License-Identifier: Apache-2.0
"""The templates: one Jinja environment a language, each template compiled once.

Everything is escaped, and a name that is not there is an error. What templates may call
beside their data is in `_environment`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from filiera.web import addresses, bounds
from filiera.web.assets import Assets
from filiera.web.bounds import brief, few_documents
from filiera.web.language import LANGUAGES, Language, Reader
from filiera.web.messages import HERE, translations
from filiera.web.states import OUTCOMES, STANDINGS
from filiera.web.writing import Writer, label, party

TEMPLATES: Final = HERE / "templates"
NAMES: Final[dict[Language, str]] = {"it": "Italiano", "en": "English"}
"""Each language's name in itself."""


class Templates:
    """The site's templates in every language."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._environments: Mapping[Language, Environment] = {
            language: _environment(language) for language in LANGUAGES
        }

    def render(self, reader: Reader, template: str, /, **data: object) -> str:
        """The text of a template in the reader's language: of equal data, equal text."""
        return (
            self._environments[reader.language]
            .get_template(template)
            .render(
                asset=self._assets.address,
                verifier=self._assets.verifier,
                lang=reader.language,
                link=reader.link,
                chosen=reader.chosen,
                languages=[(each, NAMES[each], reader.switch(each)) for each in LANGUAGES],
                **data,
            )
        )


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    words = translations(language)
    # jinja2.ext.i18n adds this method to the environment.
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True
    )
    environment.filters["brief"] = brief
    environment.globals.update(
        address=addresses,
        few_documents=few_documents,
        label=label,
        most=bounds,
        outcomes=OUTCOMES,
        party=party,
        standings=STANDINGS,
        write=Writer(language),
    )
    for name in environment.list_templates(filter_func=lambda each: each.endswith(".html")):
        environment.get_template(name)
    return environment
