# SPDX-License-Identifier: Apache-2.0
"""Static files: what is built of the browser verifier is among them, where it is built."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from filiera.errors import NotFoundError
from filiera.web.answers import SAFE
from filiera.web.assets import Assets
from tests.support.server import Server

MODULE = b"export const selfCheck = () => null;\n"
PAGE = b"<!doctype html><title>Filiera verifier</title>\n"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as the verifier's build leaves it; what is in the files is of no matter here."""
    (tmp_path / "self-check.js").write_bytes(MODULE)
    (tmp_path / "verifier.html").write_bytes(PAGE)
    return tmp_path


def test_the_verifier_is_served_under_its_hash_and_says_its_digest(built: Path) -> None:
    assets = Assets(built=built)
    assert assets.verifier is not None
    for asset, data in ((assets.verifier.module, MODULE), (assets.verifier.page, PAGE)):
        assert asset.digest == sha256(data).hexdigest()
        assert asset.digest[:12] in asset.address
        assert assets.find(asset.name).body == data


@pytest.mark.parametrize("missing", ["self-check.js", "verifier.html"])
def test_a_verifier_that_is_not_wholly_built_is_not_there(built: Path, missing: str) -> None:
    (built / missing).unlink()
    assert Assets(built=built).verifier is None
    assert Assets(built=built / "nowhere").verifier is None


def test_what_is_not_among_the_files_is_not_found(built: Path) -> None:
    with pytest.raises(NotFoundError):
        Assets(built=built).find("self-check.js")


def test_the_verifiers_page_is_kept_and_never_opened_on_the_server_itself(
    district: Server, built: Path
) -> None:
    assets = Assets(built=built)
    assert assets.verifier is not None
    state = district.client.app.state  # type: ignore[attr-defined]
    state.site = replace(state.site, assets=assets)
    answer = district.client.get(assets.verifier.page.address)
    assert answer.content == PAGE
    assert answer.headers["content-disposition"] == 'attachment; filename="verifier.html"'
    assert {name: answer.headers[name] for name in SAFE} == SAFE


def test_a_program_may_load_programs_of_this_server_and_ask_nobody(district: Server) -> None:
    style = Assets().address("site.css")
    policy = district.client.get(style).headers["content-security-policy"]
    assert policy == "default-src 'none'; script-src 'self'"
