# SPDX-License-Identifier: Apache-2.0
"""Keys at rest keep to their folder, their mode and their password."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

from filiera.adapters.keys import keystore as module
from filiera.adapters.keys.keystore import KeyInfo, Keystore
from filiera.errors import ConflictError, FilieraError, InputError, NotFoundError
from filiera.proof.jws import parse_jws, sign_record, signature_holds


@pytest.fixture
def keys(tmp_path: Path) -> Keystore:
    return Keystore(tmp_path / "state" / "keys")


def error_of(call: Callable[[], object]) -> FilieraError:
    with pytest.raises(FilieraError) as caught:
        call()
    return caught.value


def test_a_new_key_opens_with_its_password_and_signs_records(keys: Keystore) -> None:
    made = keys.new("spinner-1", "una password", cheap=True)
    signer = keys.unlock("spinner-1", "una password")
    assert made == KeyInfo("spinner-1", signer.address)
    issuer = {"id": f"did:pkh:eip155:1:{signer.address}"}
    assert signature_holds(parse_jws(sign_record({"issuer": issuer}, 1, signer)))


def test_keys_are_listed_by_name_without_a_password(keys: Keystore) -> None:
    assert keys.list() == []
    made = [keys.new(name, "x", cheap=True) for name in ("dyer", "brand", "spinner")]
    assert keys.list() == [made[1], made[0], made[2]]
    assert keys.show("dyer") == made[0]


def test_folder_and_files_are_the_owner_s_alone(keys: Keystore) -> None:
    keys.new("brand", "x", cheap=True)
    file = keys.folder / "brand.json"
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in keys.folder.iterdir()] == ["brand.json"]


def test_a_key_is_never_overwritten(keys: Keystore) -> None:
    keys.new("brand", "x", cheap=True)
    before = (keys.folder / "brand.json").read_bytes()
    error = error_of(lambda: keys.new("brand", "y", cheap=True))
    assert isinstance(error, ConflictError)
    assert error.code == "key-exists"
    assert (keys.folder / "brand.json").read_bytes() == before


def test_of_two_who_make_the_same_key_at_once_one_is_refused(keys: Keystore) -> None:
    def make(_: int) -> str:
        try:
            return keys.new("brand", "x", cheap=True).address
        except ConflictError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(make, range(4)))
    assert answers.count("key-exists") == 3
    assert keys.show("brand").address in answers
    assert len(list(keys.folder.iterdir())) == 1


def test_a_write_that_fails_leaves_no_key_and_no_draft(
    keys: Keystore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keys.new("brand", "x", cheap=True)
    assert list(keys.folder.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["", "Brand", "a" * 41, "../brand", "a/b", "a.b", "a b", "é", "a\n"]
)
def test_a_name_is_a_short_plain_word(keys: Keystore, name: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: keys.new(name, "x", cheap=True),
        lambda: keys.show(name),
        lambda: keys.unlock(name, "x"),
    ]
    for call in calls:
        assert error_of(call).code == "key-malformed"
    assert not keys.folder.exists()


def test_a_wrong_password_says_so_and_names_the_key(keys: Keystore) -> None:
    keys.new("brand", "right", cheap=True)
    for wrong in ("wrong", "", "Right", "right "):
        error = error_of(lambda w=wrong: keys.unlock("brand", w))  # type: ignore[misc]
        assert isinstance(error, InputError)
        assert (error.code, error.where) == ("key-password", "brand")


def test_a_key_that_is_not_there_is_named_with_what_to_do(keys: Keystore) -> None:
    calls: list[Callable[[], object]] = [
        lambda: keys.show("brand"),
        lambda: keys.unlock("brand", "x"),
    ]
    for call in calls:
        error = error_of(call)
        assert isinstance(error, NotFoundError)
        assert error.code == "key-not-found"
        assert "filiera key new brand" in (error.hint or "")


def _without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda file: {key: value for key, value in file.items() if key != name}


def _with(**changed: object) -> Callable[[dict[str, Any]], object]:
    return lambda file: {**file, **changed}


@pytest.mark.parametrize(
    "broken",
    [
        _without("crypto"),
        _without("version"),
        _without("address"),
        _with(version=4),
        _with(address="nobody"),
        _with(address="00" * 20),
        _with(crypto=[]),
        _with(crypto={"kdf": "rot13"}),
        lambda file: {**file, "crypto": {**file["crypto"], "ciphertext": "zz"}},
        lambda file: {**file, "crypto": {**file["crypto"], "kdfparams": {}}},
        lambda file: [file],
        lambda file: None,
    ],
)
def test_a_file_that_is_no_key_is_refused_by_name(
    keys: Keystore, broken: Callable[[dict[str, Any]], object]
) -> None:
    keys.new("brand", "x", cheap=True)
    file = keys.folder / "brand.json"
    file.write_text(json.dumps(broken(json.loads(file.read_text()))))
    error = error_of(lambda: keys.unlock("brand", "x"))
    assert (error.code, error.where) == ("key-malformed", "brand.json")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 200_000])
def test_a_file_that_is_no_json_is_refused_by_name(keys: Keystore, content: bytes) -> None:
    keys.folder.mkdir(parents=True)
    (keys.folder / "brand.json").write_bytes(content)
    assert error_of(keys.list).code == "key-malformed"


def test_keys_of_other_programs_open_alike(keys: Keystore) -> None:
    # The scrypt and PBKDF2 files of the Web3 Secret Storage Definition's test vectors have
    # this key and password; made here anew because a file carries its own salt.
    secret = bytes.fromhex("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d")
    keys.folder.mkdir(parents=True)
    for kdf in ("pbkdf2", "scrypt"):
        encrypted = Account.encrypt(secret, "testpassword", kdf=kdf, iterations=1024)
        (keys.folder / f"{kdf}.json").write_text(json.dumps(encrypted))
        signer = keys.unlock(kdf, "testpassword")
        assert signer.address == "0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b"
    assert len({key.address for key in keys.list()}) == 1


def test_a_key_that_is_not_cheap_costs_what_the_standard_asks(
    keys: Keystore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def encrypt(secret: bytes, password: str, kdf: str, iterations: int | None) -> dict[str, Any]:
        asked.append((kdf, iterations))
        return {}

    monkeypatch.setattr(Account, "encrypt", encrypt)
    keys.new("real", "x")
    keys.new("toy", "x", cheap=True)
    # None is eth-account's own default, n = 2^18.
    assert asked == [("scrypt", None), ("scrypt", 1024)]


def test_the_key_is_in_the_file_only_encrypted(
    keys: Keystore, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = sha256(b"known").digest()

    class Fixed:
        def __init__(self) -> None:
            self.secret = secret

    monkeypatch.setattr(module, "PrivateKey", Fixed)
    keys.new("brand", "x", cheap=True)
    assert secret.hex() not in (keys.folder / "brand.json").read_text().lower()
