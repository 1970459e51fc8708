# SPDX-License-Identifier: Apache-2.0
"""Whether the parts that the services stand on answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from filiera.errors import FilieraError, NotFoundError
from filiera.services import Services

NO_DIGEST: Final = bytes(32)


def parts(services: Services) -> dict[str, FilieraError | None]:
    """Each part by name, with what it answered instead of what it should."""
    return {name: _trouble(ask, services) for name, ask in _PARTS.items()}


def _trouble(ask: Callable[[Services], object], services: Services) -> FilieraError | None:
    try:
        ask(services)
    except NotFoundError:
        return None
    except FilieraError as error:
        return error
    return None


_PARTS: Final[Mapping[str, Callable[[Services], object]]] = {
    "chain": lambda services: services.ledger.identity(),
    "ipfs": lambda services: services.documents.get_record(NO_DIGEST),
    "store": lambda services: services.store.get(NO_DIGEST),
}
