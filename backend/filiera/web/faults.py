# SPDX-License-Identifier: Apache-2.0
"""Errors as a person reads them: what happened, and what to do. One table, by code.

A code that is not in it is told by its HTTP status; the code itself is always shown.
"""

from __future__ import annotations

from typing import Final

from filiera.web.messages import N_
from filiera.web.states import Mark, State

_ABSENT: Final = Mark("missing", "missing", N_("Not found"))
_UNCLEAR: Final = Mark("unclear", "warned", N_("Not understood"))
_OUTAGE: Final = Mark("outage", "unknown", N_("Could not check"))
_ALTERED: Final = Mark("disproven", "disproven", N_("Disproven"))
_NO_FORGERY: Final = N_("This is an outage, not a sign of forgery. Try again in a moment.")
_SPELLINGS: Final = N_(
    "Type the number under the bar code (8 to 14 digits), a GS1 Digital Link "
    "(https://…/01/…), or the id of a product's record."
)

FAULTS: Final[dict[str, State]] = {
    "passport-not-found": State(
        "unknown-product",
        Mark("missing", "missing", N_("Unknown product")),
        N_("No passport of this product is here."),
        N_(
            "Nothing is proven about it, and nothing is disproven: this server was never given "
            "a passport for it. Look at the number again, or ask whoever sold it."
        ),
    ),
    "record-not-found": State(
        "unknown-record", _ABSENT, N_("No record of that id is here."), _SPELLINGS
    ),
    "document-not-found": State(
        "unknown-document",
        _ABSENT,
        N_("No document of that hash is here."),
        N_("The record that names it was handed in without it."),
    ),
    "not-found": State("not-found", _ABSENT, N_("There is nothing at this address."), _SPELLINGS),
    "gs1-check-digit": State(
        "check-digit",
        _UNCLEAR,
        N_("The last digit of this number does not fit the others."),
        N_("Look for a mistyped or swapped digit."),
    ),
    "gs1-compressed": State(
        "compressed",
        _UNCLEAR,
        N_("This looks like a compressed GS1 Digital Link, but it cannot be read."),
        N_(
            "Perhaps a part of it is missing. Scan it again, or type the number under the bar code."
        ),
    ),
    "gs1-malformed": State(
        "malformed", _UNCLEAR, N_("This names no product that we can read."), _SPELLINGS
    ),
    "gs1-key-not-served": State(
        "key-not-served",
        _ABSENT,
        N_("This address names something of which nothing is kept here."),
        N_("Here are products (01), places (414) and parties (417)."),
    ),
    "gln-not-found": State(
        "unknown-place",
        _ABSENT,
        N_("No record here speaks of this place or party."),
        N_("Nothing is proven about it, and nothing is disproven."),
    ),
    "link-type-not-found": State(
        "unknown-link",
        _ABSENT,
        N_("No link of this type is known here."),
        N_("Which ones there are is found at the same address with ?linkType=linkset."),
    ),
    "search-unclear": State(
        "malformed", _UNCLEAR, N_("This names neither a product nor a record."), _SPELLINGS
    ),
    "ni-malformed": State("malformed", _UNCLEAR, N_("This is not the id of a record."), _SPELLINGS),
    "document-hash-mismatch": State(
        "altered-document",
        _ALTERED,
        N_("The file that is stored is not the one that the record names: it was altered."),
        N_("It is not handed out."),
    ),
    "record-corrupt": State(
        "altered-record",
        _ALTERED,
        N_("The stored copies of a record are not what its id says: they were altered."),
        N_("Ask another server of the district for this passport."),
    ),
    "chain-unreachable": State(
        "outage", _OUTAGE, N_("The chain did not answer."), _NO_FORGERY, retry=True
    ),
    "ipfs-unreachable": State(
        "outage", _OUTAGE, N_("The store of the documents did not answer."), _NO_FORGERY, retry=True
    ),
    "store-unreachable": State(
        "outage", _OUTAGE, N_("The database did not answer."), _NO_FORGERY, retry=True
    ),
}
_BY_STATUS: Final[dict[int, State]] = {
    400: State("unclear", _UNCLEAR, N_("This request could not be understood."), _SPELLINGS),
    404: FAULTS["not-found"],
    405: State("unclear", _UNCLEAR, N_("This address does not take that."), _SPELLINGS),
    503: State("outage", _OUTAGE, N_("A part of Filiera did not answer."), _NO_FORGERY, retry=True),
}
_OURS: Final = State(
    "mistake",
    Mark("unclear", "warned", N_("Our mistake")),
    N_("Something went wrong inside Filiera."),
    N_("It says nothing about the product. Try again in a moment."),
    retry=True,
)


def fault(code: str, status: int) -> State:
    """The state of a page that shows an error."""
    return FAULTS.get(code) or _BY_STATUS.get(status) or _OURS
