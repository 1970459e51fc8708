# SPDX-License-Identifier: Apache-2.0
"""Pictures of every page in every state, for a person to look at.

    python -m scripts.screenshots OUT [NAME...]

OUT/NAME-phone-light-en.png and so on: each of `VIEWS` (tests/support/gallery.py) on a phone
and on a desk, light and dark, in Italian and English, whole pages. With names, only the
views whose names begin so. OUT/index.html shows the pictures side by side.
"""

from __future__ import annotations

import html
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from tests.support.browser import chromium
from tests.support.gallery import VIEWS, open_gallery
from tests.support.visits import DESKTOP, PHONE, visiting

DEVICES = {"phone": PHONE | {"device_scale_factor": 2}, "desktop": DESKTOP}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("it", "en")


def main(arguments: list[str]) -> int:
    """Take them; 0, or 2 when it is not said where to."""
    if not any(arguments[:1]):
        sys.stderr.write("Say into which folder: make screenshots OUT=folder\n")
        return 2
    out, *names = arguments
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    taken = [view for view in VIEWS if not names or view.startswith(tuple(names))]
    with chromium() as browser, open_gallery() as gallery:
        for number, view in enumerate(taken, 1):
            print(f"{number} of {len(taken)}: {view}", file=sys.stderr)
            take(browser, gallery(view), folder / view, VIEWS[view].at)
    (folder / "index.html").write_text(index(sorted(folder.glob("*.png"))), "utf-8")
    return 0


def take(browser: Browser, address: str, stem: Path, at: int | None) -> None:
    """Every picture of the page at an address, looked at then; their names begin as `stem`."""
    for device, options in DEVICES.items():
        with visiting(browser, options, at=at) as visit:
            for language in LANGUAGES:
                visit.go(address, language)
                visit.settle()
                for scheme in SCHEMES:
                    visit.page.emulate_media(color_scheme=scheme)
                    picture = f"{stem.name}-{device}-{scheme}-{language}.png"
                    visit.page.screenshot(path=stem.parent / picture, full_page=True)


def index(pictures: list[Path]) -> str:
    """A page with all of them, each under its name."""
    figures = "\n".join(
        f'<figure><a href="{name}"><img src="{name}" alt="" loading="lazy"></a>'
        f"<figcaption>{name}</figcaption></figure>"
        for name in (html.escape(each.name, quote=True) for each in pictures)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>Pages of Filiera</title>\n'
        "<style>body{display:flex;flex-wrap:wrap;gap:1rem;font:1rem sans-serif}"
        "figure{margin:0}img{height:36rem;border:1px solid #999}</style>\n"
        f"{figures}\n</html>\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
