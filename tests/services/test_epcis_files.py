# SPDX-License-Identifier: Apache-2.0
"""EPCIS=path: a file, a folder, or several separated by commas."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.domain.epcis import plan_import
from filiera.errors import InputError
from filiera.services import epcis_files
from filiera.services.epcis_files import read_epcis_paths
from tests.domain.epcis.events import added, file, item, lot, transformation
from tests.standards import standard

ONE = file(transformation([lot(1)], [lot(2)])).data
TWO = file(added([item(3)])).data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.json").write_bytes(ONE)
    (tmp_path / "a.JSONLD").write_bytes(TWO)
    return tmp_path


def names(paths: str | Path) -> list[str]:
    return [each.name for each in read_epcis_paths(str(paths)).files]


def code(paths: str | Path) -> str:
    with pytest.raises(InputError) as refusal:
        read_epcis_paths(str(paths))
    return refusal.value.code


def test_a_file_is_itself_and_a_folder_its_files_by_name(folder: Path) -> None:
    assert names(folder / "b.json") == ["b.json"]
    assert names(folder) == ["a.JSONLD", "b.json"]


def test_several_are_read_in_the_order_given(folder: Path) -> None:
    assert names(f"{folder / 'b.json'}, {folder / 'a.JSONLD'}") == ["b.json", "a.JSONLD"]


def test_spaces_quotes_and_commas_may_be_part_of_a_path(folder: Path) -> None:
    odd = folder / 'the mill\'s (old), "best".json'
    odd.write_bytes(ONE)
    assert names(odd) == [odd.name]


def test_in_a_folder_what_is_not_epcis_is_passed_over_and_said(folder: Path) -> None:
    (folder / "c.json").write_text("{}")
    (folder / "d.xml").write_text("<EPCISDocument/>")
    (folder / "e.pdf").write_text("%PDF")
    (folder / "f").mkdir()
    read = read_epcis_paths(str(folder))
    assert [each.name for each in read.files] == ["a.JSONLD", "b.json"]
    assert [line.partition(":")[0] for line in read.passed_over] == ["c.json", "d.xml", "f"]


def test_a_file_that_is_named_must_be_epcis(folder: Path) -> None:
    (folder / "c.json").write_text("{}")
    (folder / "d.xml").write_text("<EPCISDocument/>")
    assert code(folder / "c.json") == "epcis-malformed"
    assert code(folder / "d.xml") == "epcis-not-json"


def test_a_wrong_file_in_a_folder_is_an_error_and_not_passed_over(folder: Path) -> None:
    (folder / "c.json").write_text("{")
    assert code(folder) == "json-malformed"


@pytest.mark.parametrize("paths", ["", " ", "no/such/file.json", "a\0b", "x" * 5000])
def test_a_path_that_is_not_there_is_wrong_use(paths: str) -> None:
    assert code(paths) == "usage"


def test_one_missing_path_among_several_is_wrong_use(folder: Path) -> None:
    assert code(f"{folder / 'b.json'},{folder / 'z.json'}") == "usage"


def test_an_empty_folder_is_wrong_use(tmp_path: Path) -> None:
    assert code(tmp_path) == "usage"


def test_the_total_and_the_number_of_files_are_bounded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epcis_files, "MAX_FILES", 1)
    assert code(folder) == "epcis-too-large"
    monkeypatch.setattr(epcis_files, "MAX_FILES", 2)
    monkeypatch.setattr(epcis_files, "MAX_BYTES", len(ONE))
    assert code(folder) == "epcis-too-large"
    monkeypatch.setattr(epcis_files, "MAX_BYTES", len(ONE) + len(TWO))
    assert len(names(folder)) == 2


def test_the_textile_folder_is_an_import() -> None:
    read = read_epcis_paths(str(standard("openepcis-dpp-ready/textile/epcis")))
    assert (len(read.files), read.passed_over) == (8, ())
    assert len(plan_import(read.files).product.steps) == 3
