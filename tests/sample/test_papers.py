# SPDX-License-Identifier: Apache-2.0
"""The sample's printed papers."""

from __future__ import annotations

import re
import zlib
from hashlib import sha256

import pytest

from filiera.sample import SampleFile
from filiera.sample.claims import CLAIMS
from filiera.sample.dates import Dates
from filiera.sample.papers import STEP_PAPERS, WITHHELD, papers
from filiera.sample.pdf import FOOT, MARK
from tests.sample.signed import NOW, SignedSample, signed_sample

PAPERS = papers(Dates(NOW))


@pytest.fixture
def signed() -> SignedSample:
    return signed_sample()


def printed(file: SampleFile) -> str:
    """The texts of a page's content stream, in the order of printing."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file.data, re.DOTALL)
    pages = [zlib.decompress(stream) for stream in streams if stream[:1] == b"\x78"]
    texts = re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", b"\n".join(pages))
    return "\n".join(re.sub(rb"\\(.)", rb"\1", text).decode("latin-1") for text in texts)


@pytest.mark.parametrize("key", PAPERS)
def test_every_paper_says_that_it_is_a_sample_and_certifies_nothing(key: str) -> None:
    text = printed(PAPERS[key])
    assert MARK in text
    assert FOOT.it in text
    assert FOOT.en in text


@pytest.mark.parametrize("key", PAPERS)
def test_every_paper_is_a_pdf_of_one_page(key: str) -> None:
    data = PAPERS[key].data
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b(?!s)", data)) == 1
    assert PAPERS[key].name.endswith(".pdf")


def test_the_same_moment_gives_the_same_bytes() -> None:
    assert papers(Dates(NOW)) == PAPERS


def test_names_and_contents_are_each_used_once() -> None:
    assert len({file.name for file in PAPERS.values()}) == len(PAPERS)
    assert len({sha256(file.data).digest() for file in PAPERS.values()}) == len(PAPERS)


def test_a_certificate_prints_what_its_record_says(signed: SignedSample) -> None:
    for plan in CLAIMS:
        if plan.certificate is None:
            continue
        text = printed(PAPERS[plan.certificate])
        subject = signed.payloads[plan.key]["credentialSubject"]
        assert subject["certificateNumber"] in text
        assert subject["issuedToParty"]["name"] in text
        assert subject["referenceScheme"]["name"] in text
        for lot in plan.lots:
            assert lot.gtin in text


def test_every_file_handed_in_is_named_by_its_record_and_no_other_is(
    signed: SignedSample,
) -> None:
    for each in signed.plan:
        handed_in = {sha256(file.data).digest() for file in each.documents}
        kept_back = {sha256(PAPERS[key].data).digest() for key in WITHHELD}
        assert handed_in == signed.named_documents(each.key) - kept_back, each.key


def test_every_paper_is_used() -> None:
    used = {key for keys in STEP_PAPERS.values() for key in keys}
    for plan in CLAIMS:
        used |= {*plan.evidence, *([plan.certificate] if plan.certificate else [])}
    assert used == set(PAPERS)


def test_some_listed_step_has_a_document_that_can_be_altered(signed: SignedSample) -> None:
    documented = {each.key for each in signed.plan if each.documents}
    assert documented & set(signed.sample.main.steps)
