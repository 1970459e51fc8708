# SPDX-License-Identifier: Apache-2.0
"""Payloads from plain values: the counterpart of `records.statement_of`.

Every builder returns a payload that `parse_record` takes, and raises InputError with the
path of the field that is wrong. Nothing is invented: what is not given is absent.
"""

from filiera.model.builders.claims import certificate, self_declaration
from filiera.model.builders.envelope import Envelope
from filiera.model.builders.identities import identity_anchor
from filiera.model.builders.products import missing_for_passport, passport, product_statement
from filiera.model.builders.steps import make_event, modify_event, move_event

__all__ = [
    "Envelope",
    "certificate",
    "identity_anchor",
    "make_event",
    "missing_for_passport",
    "modify_event",
    "move_event",
    "passport",
    "product_statement",
    "self_declaration",
]
