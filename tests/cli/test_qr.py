# SPDX-License-Identifier: Apache-2.0
"""`filiera qr`: codes and sheets that a scanner reads back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.cli.conftest import Terminal
from tests.labels.reading import read_pdf, read_png

SITE = "https://passports.example"
PRODUCT = "9521234000112/LOT-1"
URL = f"{SITE}/01/09521234000112/10/LOT-1"


def test_the_code_in_the_terminal_is_read_back_as_the_page_s_address(terminal: Terminal) -> None:
    result = terminal.run("qr", PRODUCT, "--base", SITE)
    assert result.exit_code == 0
    *rows, said = result.stdout.splitlines()
    assert said == URL
    assert max(map(len, rows)) <= 80
    picture = Image.new("L", (len(rows[0]), 2 * len(rows)), 0)
    for y, row in enumerate(rows):
        for x, block in enumerate(row):
            upper, lower = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}[block]
            picture.putpixel((x, 2 * y), upper)
            picture.putpixel((x, 2 * y + 1), lower)
    large = picture.resize((picture.width * 8, picture.height * 8), Image.Resampling.NEAREST)
    (code,) = zxingcpp.read_barcodes(large)
    assert code.text == URL


@pytest.mark.parametrize("suffix", [".png", ".svg", ".SVG"])
def test_one_code_is_written_as_its_file_s_name_says(
    terminal: Terminal, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"label{suffix}"
    assert terminal.run("qr", PRODUCT, "-o", file, FILIERA_PUBLIC_URL=SITE).exit_code == 0
    if suffix == ".png":
        assert [code.text for code in read_png(file.read_bytes())] == [URL]
    else:
        assert f"<title>{URL}</title>" in file.read_text()


def test_a_sheet_has_a_label_for_every_serial_number(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "labels.pdf"
    said = terminal.run_json(
        "qr", PRODUCT, "--out", file, "--serials", "098-101", "--base", f"{SITE}/"
    )
    wanted = [f"{URL}/21/{serial}" for serial in ("098", "099", "100", "101")]
    assert sorted(read_pdf(file.read_bytes())[0]) == wanted
    assert [label["url"] for label in said["labels"]] == wanted
    assert (said["site"], said["file"]) == (SITE, str(file))


@pytest.mark.parametrize("given", ["\xff\xfe", "A" * 5_000], ids=["no text", "no name of a file"])
def test_serial_numbers_that_nobody_can_read_are_no_fault_of_ours(
    terminal: Terminal, tmp_path: Path, given: str
) -> None:
    file = tmp_path / "serials.txt"
    file.write_bytes(given.encode("latin-1"))
    serials = file if len(given) < 10 else given
    arguments = ("qr", PRODUCT, "--out", tmp_path / "labels.pdf", "--serials", serials)
    result = terminal.run(*arguments, "--base", SITE)
    assert result.exit_code == 2
    assert "[usage]" in result.stderr


def test_serial_numbers_come_from_a_file_as_well(terminal: Terminal, tmp_path: Path) -> None:
    listed = tmp_path / "serials.txt"
    listed.write_text("\ufeffA7\r\nB/8\r\n", "utf-8")
    file = tmp_path / "labels.pdf"
    result = terminal.run("qr", PRODUCT, "-o", file, "--serials", listed, "--base", SITE)
    assert ": 2." in result.stdout
    assert sorted(read_pdf(file.read_bytes())[0]) == [f"{URL}/21/A7", f"{URL}/21/B%2F8"]


def test_who_prints_labels_to_this_machine_alone_is_warned(terminal: Terminal) -> None:
    for site in ("http://127.0.0.1:8952", "http://localhost:8952", "http://[::1]"):
        result = terminal.run("qr", PRODUCT, "--base", site)
        assert "no phone gets there" in " ".join(result.stderr.split())
    assert "phone" not in terminal.run("qr", PRODUCT, "--base", SITE).stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--out", "label.gif"], "usage"),
        (["--serials", "1-9"], "usage"),
        (["--serials", "1-9", "--out", "label.png"], "usage"),
        (["--serials", "9-1", "--out", "labels.pdf"], "usage"),
        (["--base", "passports.example"], "setting-invalid"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = terminal.run("qr", PRODUCT, *args)
    assert result.exit_code == 2
    assert code in result.stderr
    assert not list(tmp_path.glob("label*"))


@pytest.mark.parametrize("name", ["", "nowhere/label.svg"], ids=["a folder", "in no folder"])
def test_where_no_file_can_be_written_the_name_that_was_given_is_said(
    terminal: Terminal, tmp_path: Path, name: str
) -> None:
    (tmp_path / "label.svg").mkdir()
    file = tmp_path / (name or "label.svg")
    result = terminal.run("qr", PRODUCT, "--out", file, "--json")
    error = json.loads(result.stdout)["error"]
    assert (error["code"], error["where"]) == ("file-unreadable", str(file))
    assert not list(tmp_path.rglob("*.new"))


def test_a_code_wider_than_the_terminal_is_not_shown_broken(terminal: Terminal) -> None:
    result = terminal.run("qr", PRODUCT, "--base", f"{SITE}/{'x' * 100}", COLUMNS="40")
    assert "--out" in result.stdout
    assert "█" not in result.stdout
