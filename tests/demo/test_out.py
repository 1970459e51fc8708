# SPDX-License-Identifier: Apache-2.0
"""The folder that a demonstration leaves has its page's QR code, or none."""

from __future__ import annotations

from pathlib import Path

from filiera.demo.out import write_out
from filiera.services.passport_view import passport_view
from tests.labels.reading import read_png
from tests.support.server import Server
from tests.support.world import GARMENT

URL = "https://passports.example/01/09520000000028/10/LOT-1"


def test_the_code_leads_to_the_page_and_an_earlier_one_goes(tmp_path: Path) -> None:
    server = Server()
    server.submit_all()
    server.anchor()
    server.ledger.down = True
    view = passport_view(server.services.passports.assemble(GARMENT))
    left = write_out(tmp_path, view, server.services, URL)
    assert left == ["passport.json", "trust.json", "qr.svg", "qr.png", "documents"]  # no bundle
    assert [code.text for code in read_png((tmp_path / "qr.png").read_bytes())] == [URL]
    assert f"<title>{URL}</title>" in (tmp_path / "qr.svg").read_text("utf-8")
    write_out(tmp_path, view, server.services, URL + "x" * 2000)
    assert not list(tmp_path.glob("qr.*"))
    server.store.close()
