# SPDX-License-Identifier: Apache-2.0
"""Members that no record may have (PROTOCOL 2), and why."""

from __future__ import annotations

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
    _check_below(payload, "")


def _refusal(where: str, message: str) -> InputError:
    return InputError("record-member-refused", message, where=where)


def _check_below(value: Any, where: str) -> None:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if key in REFUSED_ANYWHERE:
            place = _place(where, key)
            raise _refusal(place, f"{place} is refused: {REFUSED_ANYWHERE[key]}.")
        if item is None:
            place = _place(where, key)
            raise _refusal(place, f"{place} is refused: null says nothing; leave it out.")
        if isinstance(item, dict | list):
            _check_below(item, _place(where, key))


def _place(where: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{where}[{key}]"
    return f"{where}.{key}" if where else key
