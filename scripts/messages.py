# SPDX-License-Identifier: Apache-2.0
"""Brings the catalogues of the public pages up to date: `python -m scripts.messages`.

Extracts every message of templates and tables, keeps the translations that still fit, adds
what is new without one, drops what is gone. With `--check` it changes nothing and tells,
by its exit code, whether there was something to do.
"""

from __future__ import annotations

import sys
from io import BytesIO
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from filiera.web.language import LANGUAGES, Language
from filiera.web.messages import DOMAIN, HERE, SOURCE, catalogue

METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS: Final = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "NN_": (1, 2)}
OPTIONS: Final = {"**.html": {"trimmed": "true", "silent": "false"}}
HEADER: Final = """\
# SPDX-License-Identifier: Apache-2.0
# The public pages; renewed by `python -m scripts.messages`."""


def extract() -> Catalog:
    """Every message of the pages, without translations."""
    found = Catalog(domain=DOMAIN)
    for file, _, message, comments, context in extract_from_dir(HERE, METHODS, OPTIONS, KEYWORDS):
        del comments
        found.add(message, locations=[(file, 0)], context=context)
    return found


def renewed(language: Language) -> bytes:
    """The catalogue of a language as it should be, with what is translated already."""
    file = catalogue(language)
    old = Catalog(locale=language)
    if file.exists():
        with file.open("rb") as stream:
            old = read_po(stream, locale=language, domain=DOMAIN)
    old.update(extract(), no_fuzzy_matching=True, update_header_comment=False)
    old.obsolete.clear()
    old.header_comment, old.fuzzy = HEADER, False
    written = BytesIO()
    write_po(written, old, width=99, omit_header=False, include_lineno=False, sort_by_file=True)
    return _without_trimmings(written.getvalue())


def _without_trimmings(text: bytes) -> bytes:
    """The same messages are the same bytes, whoever writes them and whenever."""
    kept = (b'"Language: ', b'"Plural-Forms', b'"MIME-Version', b'"Content-T')
    head, blank, rest = text.partition(b"\n\n")
    lines = head.splitlines()
    lines = [line for line in lines if not line.startswith(b'"') or line.startswith(kept)]
    return b"\n".join(lines) + blank + rest


def main(arguments: list[str]) -> int:
    """0 when every catalogue is, or now is, up to date."""
    behind = 0
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        file, wanted = catalogue(language), renewed(language)
        if not file.exists() or file.read_bytes() != wanted:
            behind += 1
            if "--check" not in arguments:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(wanted)
                print(f"renewed {file.relative_to(HERE)}")
    return min(behind, 1) if "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
