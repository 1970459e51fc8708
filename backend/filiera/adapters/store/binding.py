# SPDX-License-Identifier: Apache-2.0
"""Which schema a database has, and which chain it belongs to."""

from __future__ import annotations

from sqlalchemy import Connection, insert, inspect, select

from filiera.adapters.store.tables import SCHEMA_VERSION, meta, metadata
from filiera.errors import ConflictError, SetupError
from filiera.ports.ledger import ChainIdentity

_VERSION = "schema-version"


def bind(connection: Connection, chain: ChainIdentity) -> None:
    """Make the tables in an empty database and note `chain`, or compare with what is noted.

    Raises SetupError (`store-version`) for tables of another version of the schema and
    ConflictError (`chain-mismatch`) for those of another chain.
    """
    ours = {_VERSION: str(SCHEMA_VERSION), **_names(chain)}
    if not inspect(connection).has_table(meta.name):
        metadata.create_all(connection)
        rows = [{"name": name, "value": value} for name, value in ours.items()]
        connection.execute(insert(meta), rows)
        return
    noted = {row.name: row.value for row in connection.execute(select(meta))}
    if noted.get(_VERSION) != ours[_VERSION]:
        raise _other_version(noted.get(_VERSION))
    differing = sorted(name for name in {*noted, *ours} if noted.get(name) != ours.get(name))
    if differing:
        raise _other_chain(differing)


def wait_for_writers(connection: Connection) -> None:
    """Hold the database's one lock row until the transaction ends.

    Writers then come one after another, so `seq` is the order in which they committed.
    SQLite has seen to that at BEGIN and takes this for a plain read.
    """
    row = select(meta.c.value).where(meta.c.name == _VERSION)
    connection.execute(row.with_for_update()).one_or_none()


def _names(chain: ChainIdentity) -> dict[str, str]:
    """What tells one chain from another; its operator may change, its founder is a contract's."""
    contracts = {f"contract {name}": address for name, address in chain.contracts}
    return {
        "chain id": str(chain.chain_id),
        "genesis hash": f"0x{chain.genesis_hash.hex()}",
        **contracts,
    }


def _other_version(noted: str | None) -> SetupError:
    return SetupError(
        "store-version",
        f"The database has version {noted} of the tables, this program uses {SCHEMA_VERSION}.",
        hint="Use the version of Filiera that wrote it, or choose a new database.",
    )


def _other_chain(differing: list[str]) -> ConflictError:
    return ConflictError(
        "chain-mismatch",
        f"The database belongs to another chain: {', '.join(differing)} differ.",
        hint="Start the chain that it belongs to, or choose another database; "
        "a new one is made when there is none.",
    )
