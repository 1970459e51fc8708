# SPDX-License-Identifier: Apache-2.0
"""The pictures of the READMEs: the head of a product's page, in English and Italian.

    make demo                                    (in another terminal)
    python -m scripts.pictures PAGE              (the address that it prints as `page:`)

Writes docs/images/page.webp and docs/images/pagina.webp.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import ViewportSize

from tests.support.browser import chromium

PICTURES: Final = {"en": "page.webp", "it": "pagina.webp"}
"""Language -> file."""
SIZE: Final[ViewportSize] = {"width": 1200, "height": 1020}
"""What is shown, in CSS pixels: verdict, criteria, the first step."""
FOLDER: Final = Path(__file__).parents[1] / "docs" / "images"


def main(arguments: list[str]) -> int:
    """Take them; 0, or 2 when it is not said of which page."""
    if len(arguments) != 1:
        sys.stderr.write(
            "Say of which page: python -m scripts.pictures http://127.0.0.1:8952/01/…\n"
        )
        return 2
    with chromium() as browser:
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        for language, name in PICTURES.items():
            page.goto(f"{arguments[0]}?lang={language}", wait_until="load")
            image = Image.open(io.BytesIO(page.screenshot()))
            image.save(FOLDER / name, "WEBP", quality=80, method=6)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
