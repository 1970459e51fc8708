# SPDX-License-Identifier: Apache-2.0
"""Members that no record may have (PROTOCOL 2), and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from filiera.errors import InputError
from filiera.model.base import Payload

_JWT = "a record's dates and parties are said once, in the credential's own members"

REFUSED_AT_ROOT: Final[dict[str, str]] = {
    "credentialStatus": "statuses are on chain",
    "renderMethod": "a template could show a reader something else than what was signed",
    "proof": "a record is secured by its JWS alone",
    **dict.fromkeys(("iss", "sub", "aud", "jti", "iat", "nbf", "exp", "vc", "vp"), _JWT),
}
REFUSED_ANYWHERE: Final[dict[str, str]] = {
    "_sd": "withheld members are not supported",
    "_sd_alg": "withheld members are not supported",
    "...": "withheld members are not supported",
}


def check_members(payload: Payload) -> None:
    """Raise `record-member-refused` if the payload has a member that Filiera refuses.

    A null is refused too, wherever it is: what is not known is left out.
    """
    for name, why in REFUSED_AT_ROOT.items():
        if name in payload:
            raise _refusal(name, f"{name} is refused: {why}.")
    for where, why in _refused_in(payload, ""):
        raise _refusal(where, f"{where} is refused: {why}.")


def _refusal(where: str, message: str) -> InputError:
    return InputError("record-member-refused", message, where=where)


def _refused_in(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, item in value.items():
            place = f"{where}.{name}" if where else name
            if name in REFUSED_ANYWHERE:
                yield place, REFUSED_ANYWHERE[name]
            yield from _refused_in(item, place)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _refused_in(item, f"{where}[{index}]")
    elif value is None:
        yield where, "null says nothing; leave the member out"
