# SPDX-License-Identifier: Apache-2.0
"""Members that no record may have, and why (docs/records.md, "Refused members")."""

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
            raise InputError("record-member-refused", f"{name} is refused: {why}.", where=name)
    if _holds_refused(payload):
        keys = _refused_place(payload)
        where = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)[1:]
        why = REFUSED_ANYWHERE.get(keys[-1], "null says nothing; leave it out")
        raise InputError("record-member-refused", f"{where} is refused: {why}.", where=where)


def _holds_refused(payload: Payload) -> bool:
    """Whether a refused member is anywhere, and no more: nearly always there is none."""
    unseen: list[Any] = [payload]
    for container in unseen:
        items = container
        if type(container) is dict:
            if not REFUSED_ANYWHERE.keys().isdisjoint(container):
                return True
            items = container.values()
        for item in items:
            if item is None:
                return True
            if type(item) is dict or type(item) is list:
                unseen.append(item)
    return False


def _refused_place(value: Any) -> tuple[Any, ...]:
    """The keys and indexes that lead to the first refused member, none if there is none."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if item is None or key in REFUSED_ANYWHERE:
            return (key,)
        if isinstance(item, (dict, list)) and (rest := _refused_place(item)):
            return (key, *rest)
    return ()
