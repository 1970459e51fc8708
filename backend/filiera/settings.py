# SPDX-License-Identifier: Apache-2.0
"""Settings of the server, from the environment (`FILIERA_…`); docs/settings.md lists them all."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from filiera.errors import SetupError
from filiera.model.addresses import site_base


class Settings(BaseSettings):
    """What `filiera serve` needs to know. Sizes are bytes, times seconds."""

    model_config = SettingsConfigDict(env_prefix="FILIERA_", frozen=True)

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=8952, ge=0, le=65535)
    """Port to listen on."""
    database: str = "sqlite:///.filiera/filiera.db"
    """SQLAlchemy URL of the database."""
    chain_url: str = "http://127.0.0.1:8953"
    """JSON-RPC of the chain node."""
    deployment: Path = Path(".filiera/deployment.json")
    """The deployment file: contracts, genesis, founding association."""
    ipfs_api: str = "/ip4/127.0.0.1/tcp/8954"
    """Multiaddress of the IPFS node's RPC."""
    keys: Path = Path(".filiera/keys")
    """Folder of keystores; the server unlocks the operator's and no other."""
    operator_key: str = "operator"
    """Name of the operator's key in that folder."""
    operator_password_file: Path | None = None
    """File whose first line is the operator key's password."""
    seal: Literal["operator", "clique", "qbft"] = "operator"
    """Who seals the chain's blocks, for the trust file."""
    validators: str = ""
    """Their addresses, separated by commas; empty for the operator itself."""
    confirmations: int = Field(default=0, ge=0, le=100)
    """Blocks to be built on a transaction's before it counts as mined."""
    batch_size: int = Field(default=10_000, ge=1, le=1_000_000)
    """Records that make a batch due at once."""
    batch_age: int = Field(default=30, ge=0)
    """Seconds after which the oldest waiting record makes a batch due."""
    max_document: int = Field(default=20 << 20, ge=1024)
    """Largest document."""
    max_records: int = Field(default=1_000, ge=1)
    """Most records in one request."""
    max_body: int = Field(default=64 << 20, ge=4096)
    """Largest request."""
    page_age: int = Field(default=10, ge=0, le=3600)
    """Seconds for which a page may be shown again before it is checked anew."""
    public_url: str = ""
    """Address of the site that labels lead to; empty for the one that a request came to."""

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, given: str) -> str:
        return site_base(given, where="FILIERA_PUBLIC_URL") if given.strip() else ""


def load_settings(**given: object) -> Settings:
    """The settings by environment, overridden by `given`; raises `setting-invalid`."""
    try:
        # The types of what is given are what pydantic is asked about here.
        return Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise SetupError("setting-invalid", f"{first['msg']}.", where=f"FILIERA_{name}") from None
