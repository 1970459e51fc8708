# SPDX-License-Identifier: Apache-2.0
"""What a reader without a trust file is told, and which file speaks for which document."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from filiera.errors import InputError
from filiera.proof.bundle import Bundle, parse_bundle
from filiera.services.bundle_reading import match_documents, passport_without_trust
from tests.support.proven import proven
from tests.support.world import GARMENT, REPORT, World

NAMED = sha256(REPORT).digest()
ONE, OTHER = sha256(b"one").digest(), sha256(b"other").digest()
START = NAMED.hex()[:16]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    world = World()
    return parse_bundle(proven(world, world.evidence(), "operator", product=GARMENT).bundle)


def test_a_record_that_is_there_twice_is_refused_without_a_trust_file_too(bundle: Bundle) -> None:
    twice = replace(bundle, records=(*bundle.records, bundle.records[0]))
    for read in (passport_without_trust, lambda given: match_documents(given, {})):
        with pytest.raises(InputError, match="twice"):
            read(twice)


@pytest.mark.parametrize(
    ("files", "speaks"),
    [
        ({"report.pdf": ONE, f"{START}.pdf": OTHER}, ONE),
        ({f"{START}.pdf": OTHER, "report.pdf": ONE}, OTHER),
        ({f"{START}-1.pdf": ONE, f"{START}-2.pdf": OTHER}, ONE),
        ({"report.pdf": ONE, "z.pdf": NAMED}, NAMED),
        ({"other.pdf": ONE, START[:-1]: OTHER}, None),
    ],
)
def test_the_document_itself_speaks_for_it_else_the_first_that_is_called_so(
    bundle: Bundle, files: dict[str, bytes], speaks: bytes | None
) -> None:
    at_hand = match_documents(bundle, files)
    assert at_hand.documents.get(NAMED) == speaks
    assert at_hand.unnamed == tuple(name for name, each in files.items() if each != speaks)
