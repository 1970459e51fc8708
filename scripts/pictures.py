# SPDX-License-Identifier: Apache-2.0
"""The pictures of the READMEs: the head of the sample's page, in English and Italian.

    python -m scripts.pictures

Writes docs/images/page.webp and docs/images/pagina.webp. The page is the view "sample" of
tests/support/gallery.py, on a chain and an IPFS node of its own.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import ViewportSize

from tests.support.browser import chromium
from tests.support.gallery import open_gallery

PICTURES: Final = {"en": "page.webp", "it": "pagina.webp"}
"""Language -> file."""
SIZE: Final[ViewportSize] = {"width": 1200, "height": 1020}
"""What is shown, in CSS pixels: the verdict and the criteria."""
FOLDER: Final = Path(__file__).parents[1] / "docs" / "images"


def main() -> None:
    """Take them."""
    with chromium() as browser, open_gallery() as gallery:
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        for language, name in PICTURES.items():
            page.goto(f"{gallery('sample')}?lang={language}", wait_until="load")
            with Image.open(io.BytesIO(page.screenshot())) as image:
                image.save(FOLDER / name, "WEBP", quality=80, method=6)


if __name__ == "__main__":
    main()
