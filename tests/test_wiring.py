# SPDX-License-Identifier: Apache-2.0
"""A server starts on its own chain, and on no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.adapters.keys.keystore import Keystore
from filiera.adapters.ledger.deployment import deploy
from filiera.errors import ConflictError, SetupError, UnavailableError
from filiera.settings import Settings, load_settings
from filiera.wiring import build
from tests.support.chain import Chain, digest, signer
from tests.support.ipfs import Ipfs


def settings_in(folder: Path, chain_url: str, ipfs_api: str) -> Settings:
    password = folder / "password"
    password.write_text("a password\n")
    keys = Keystore(folder / "keys")
    if not keys.list():
        keys.new("operator", "a password", cheap=True)
    return load_settings(
        database=f"sqlite:///{folder / 'filiera.db'}",
        chain_url=chain_url,
        deployment=folder / "deployment.json",
        ipfs_api=ipfs_api,
        keys=folder / "keys",
        operator_password_file=password,
    )


@pytest.mark.stack
def test_a_database_of_another_chain_is_refused_and_kept(
    chain: Chain, ipfs: Ipfs, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, chain.url, ipfs.api)
    deploy(chain.rpc, signer("first"), digest("first"), settings.deployment)
    build(settings)
    settings.deployment.unlink()
    deploy(chain.rpc, signer("second"), digest("second"), settings.deployment)
    with pytest.raises(ConflictError) as error:
        build(settings)
    assert error.value.code == "chain-mismatch"
    assert error.value.hint
    assert (tmp_path / "filiera.db").stat().st_size > 0


@pytest.mark.stack
def test_a_deployment_file_of_another_chain_is_refused(
    chain: Chain, ipfs: Ipfs, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, chain.url, ipfs.api)
    deployment = deploy(chain.rpc, signer("third"), digest("third"), settings.deployment)
    text = settings.deployment.read_text()
    settings.deployment.write_text(text.replace(deployment.genesis_hash, "0x" + "11" * 32))
    with pytest.raises(ConflictError) as error:
        build(settings)
    assert error.value.code == "chain-mismatch"


@pytest.mark.stack
def test_a_node_that_is_not_there_is_an_outage(chain: Chain, ipfs: Ipfs, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, "http://127.0.0.1:9", ipfs.api)
    deploy(chain.rpc, signer("fourth"), digest("fourth"), settings.deployment)
    with pytest.raises(UnavailableError) as error:
        build(settings)
    assert error.value.part == "chain"


@pytest.mark.parametrize(
    ("name", "value"), [("port", 70_000), ("batch_size", 0), ("max_document", -1)]
)
def test_a_setting_that_cannot_be_is_named(name: str, value: int) -> None:
    with pytest.raises(SetupError) as error:
        load_settings(**{name: value})
    assert error.value.code == "setting-invalid"
    assert error.value.where == f"FILIERA_{name.upper()}"


@pytest.mark.stack
def test_without_a_password_file_the_operator_key_stays_locked(
    chain: Chain, ipfs: Ipfs, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, chain.url, ipfs.api)
    deploy(chain.rpc, signer("fifth"), digest("fifth"), settings.deployment)
    with pytest.raises(SetupError) as error:
        build(settings.model_copy(update={"operator_password_file": None}))
    assert error.value.where == "FILIERA_OPERATOR_PASSWORD_FILE"
