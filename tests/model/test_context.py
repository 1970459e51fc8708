# SPDX-License-Identifier: Apache-2.0
"""Our JSON-LD context: every term that we write means something to a JSON-LD processor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from pyld import jsonld

from filiera.model.base import Payload
from filiera.model.context import CONTEXT_FILE, FILIERA_CONTEXT, UNTP_CONTEXT, VC_CONTEXT
from tests.model import samples
from tests.standards import standard_json

MADE_UP = re.compile(r"https://vocabulary\.uncefact\.org/untp/\w+#")


def own_context() -> dict[str, Any]:
    document = json.loads((files("filiera.model") / CONTEXT_FILE).read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def load(url: str, _options: object = None) -> dict[str, Any]:
    """The three contexts from files; anything else is a KeyError, never a fetch."""
    documents = {
        VC_CONTEXT: lambda: standard_json("w3c-contexts/credentials-v2.jsonld"),
        UNTP_CONTEXT: lambda: standard_json("untp-0.7.0/contexts/untp-context-0.7.0.jsonld"),
        FILIERA_CONTEXT: own_context,
    }
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": documents[url](),
    }


def expand(payload: Payload) -> tuple[dict[str, Any], list[str]]:
    """The one expanded node of a record, and the members that no context defines.

    UNTP's contexts give such a member a made-up name below its type, ours drops it.
    """
    unknown: list[str] = []
    text = json.loads(json.dumps(payload, default=float))
    (node,) = jsonld.expand(text, {"documentLoader": load}, on_property_dropped=unknown.append)
    unknown += [name for name in names(node) if MADE_UP.match(name)]
    return node, unknown


def names(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
        for item in node.values():
            yield from names(item)
    elif isinstance(node, list):
        for item in node:
            yield from names(item)


@pytest.mark.parametrize("kind", samples.BUILT)
def test_no_member_of_what_we_build_is_meaningless_to_a_json_ld_processor(kind: str) -> None:
    _, unknown = expand(samples.BUILT[kind]())
    assert unknown == []


@pytest.mark.parametrize("kind", ["make", "product statement"])
def test_a_meaningless_member_would_be_seen(kind: str) -> None:
    _, unknown = expand(samples.BUILT[kind]() | {"unheardOf": "x"})
    assert unknown != []


def test_our_terms_expand_to_names_of_ours() -> None:
    statement, _ = expand(samples.product_statement())
    certificate, _ = expand(samples.certificate())
    (subject,) = certificate["https://www.w3.org/2018/credentials#credentialSubject"]
    assert f"{FILIERA_CONTEXT}#ProductStatement" in statement["@type"]
    assert {f"{FILIERA_CONTEXT}#statedBy", f"{FILIERA_CONTEXT}#predecessor"} <= set(statement)
    assert f"{FILIERA_CONTEXT}#certificateNumber" in subject


def test_our_context_cannot_be_redefined_by_a_later_one() -> None:
    assert own_context()["@context"]["@protected"] is True
