# SPDX-License-Identifier: Apache-2.0
"""A phone that scans a label of `make demo PUBLIC=1` gets plain HTTP: no page may need more."""

from __future__ import annotations

import re
from pathlib import Path

from filiera.web.assets import Assets
from filiera.web.messages import HERE

BACKEND = Path(__file__).resolve().parents[2] / "backend"
# What a browser gives to secure contexts alone (W3C, "Secure Contexts"; MDN's list).
SECURE_ONLY = re.compile(
    r"\b(?:subtle|randomUUID|serviceWorker|mediaDevices|clipboard|geolocation|wakeLock|caches"
    r"|SharedArrayBuffer|showOpenFilePicker|isSecureContext|upgrade-insecure-requests)\b"
)


def test_no_page_style_or_program_uses_what_only_https_gives():
    written = [*(BACKEND / "verifier" / "src").glob("*.ts"), *HERE.rglob("*.html")]
    served = [each for each in (HERE / "static").iterdir() if each.is_file()]
    assert len(written) > 10
    assert {"site.css"} <= {file.name for file in served}
    used = {
        (file.name, found[0])
        for file in (*written, *served)
        for found in SECURE_ONLY.finditer(file.read_text("utf-8"))
    }
    assert used == set()


def test_no_file_is_fetched_over_https_or_from_elsewhere():
    assets = Assets()
    addresses = [assets.address(file.name) for file in (HERE / "static").glob("*.css")]
    assert addresses
    assert all(address.startswith("/static/") for address in addresses)
    for style in (HERE / "static").glob("*.css"):
        assert "://" not in style.read_text("utf-8")
