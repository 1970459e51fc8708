# SPDX-License-Identifier: Apache-2.0
"""Pages keep their word: links lead somewhere, snippets parse, commands exist."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from filiera.sample.district import build_sample
from tests.docs.pages import DOCS, PAGES, ROOT, anchors, blocks, links, name, text
from tests.docs.test_reference import COMMANDS, options

README, ITALIAN = ROOT / "README.md", ROOT / "README.it.md"
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
COMMAND = re.compile(r"^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?(filiera|make)(?: |$)(.*)$")


# Links


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in links(page):
        file, _, fragment = target.partition("#")
        place = (page.parent / file).resolve() if file else page
        assert place.exists(), f"{target}: there is no such file"
        assert place.is_relative_to(ROOT), f"{target} leads out of the project"
        if fragment:
            assert fragment in anchors(place), f"{target}: there is no such heading"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [README]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
    assert {name(page) for page in PAGES} - {name(page) for page in reached} == set()


def test_every_decision_is_in_the_index_with_its_title() -> None:
    index = text("decisions/README.md")
    for page in sorted((DOCS / "decisions").glob("0*.md")):
        number, title = re.match(r"# (\d{4}): (.+)", text(page)).groups()  # type: ignore[union-attr]
        assert page.name.startswith(f"{number}-")
        assert f"[{number}]({page.name}) | {title} |" in index


def test_every_decision_is_in_the_index_once_and_in_order_under_its_subject() -> None:
    subjects = re.split(r"^## ", text("decisions/README.md"), flags=re.MULTILINE)[1:]
    listed = [re.findall(r"^\| \[(\d{4})\]", subject, re.MULTILINE) for subject in subjects]
    assert all(numbers == sorted(set(numbers)) for numbers in listed)
    every = sorted(number for numbers in listed for number in numbers)
    assert every == sorted(page.name[:4] for page in (DOCS / "decisions").glob("0*.md"))


# Snippets


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_snippet_parses(page: Path) -> None:
    for block in blocks(page):
        if block.language == "json":
            json.loads(block.text)
        if block.language == "python":
            ast.parse(block.text)


def typed(page: Path) -> Iterator[list[str]]:
    """The words of every command line of `filiera` or `make` that a page tells people to type."""
    for block in blocks(page):
        if block.language in ("", "sh", "console"):
            for line in block.text.replace("\\\n", " ").splitlines():
                if found := COMMAND.match(line.strip()):
                    words = shlex.split(found[2], comments=True)
                    yield [found[1], *words]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_a_page_shows_exists_with_its_options(page: Path) -> None:
    for program, *words in typed(page):
        if program == "make":
            targets = {word for word in words if re.fullmatch(r"[a-z]+", word)}
            assert targets <= TARGETS, words
            continue
        command = next(
            (f"filiera {' '.join(words[:n])}" for n in (2, 1) if _is_command(words[:n])), None
        )
        if command is None:
            assert words in (["--help"], ["--version"]) or words[-1:] == ["--help"], words
            continue
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given - {"--help"} <= options(COMMANDS[command]), words


def _is_command(words: list[str]) -> bool:
    return f"filiera {' '.join(words)}" in COMMANDS


def test_the_readme_names_products_of_the_sample() -> None:
    sample = build_sample(1_770_000_000)
    for page in (README, ITALIAN):
        for product in (sample.main, sample.second):
            assert f"{product.gtin}/{product.lot}" in text(page), name(page)


def test_the_two_readmes_tell_people_to_type_the_same() -> None:
    english, italian = list(typed(README)), list(typed(ITALIAN))
    assert [words for words in italian if words not in english] == []


@pytest.mark.parametrize("image", sorted(DOCS.rglob("*.svg")), ids=name)
def test_an_image_is_whole_and_asks_no_other_host(image: Path) -> None:
    root = ET.fromstring(text(image))
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    inside = text(image).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|<script|@import", inside)


@pytest.mark.parametrize("picture", sorted(DOCS.rglob("*.webp")), ids=name)
def test_a_picture_is_one_and_small(picture: Path) -> None:
    assert picture.stat().st_size <= 150_000
    with Image.open(picture) as image:
        image.load()


# Nothing of the machine that it was written on

TRACES = [
    "".join(parts)
    for parts in (
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("/wo", "rk/"),
        ("/tmp", "/plan"),
        ("py", "pi.org"),
        ("pythonho", "sted.org"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("proxy.go", "lang.org"),
        ("artifac", "tory"),
    )
]


def tracked() -> list[Path]:
    """The files under version control; skips where this is no checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("this is not a checkout, so which files belong to it is not known")
    return [ROOT / each for each in listed.stdout.split("\0") if each]


@pytest.mark.parametrize("trace", TRACES)
def test_no_file_names_a_machine_s_path_or_a_registry_s_host(trace: str) -> None:
    found = [
        name(file) for file in tracked() if file.is_file() and trace.encode() in file.read_bytes()
    ]
    assert found == []


def test_every_page_that_a_file_names_is_there() -> None:
    kinds = (".py", ".ts", ".sol", ".toml", ".sh", ".js", ".md")
    assert [
        f"{name(file)} names {page}"
        for file in tracked()
        if file.suffix in kinds and file.is_file()
        for page in re.findall(r"\bdocs/[\w/.-]*\w\.md\b", file.read_text("utf-8"))
        if not (ROOT / page).is_file()
    ] == []


def test_every_section_of_the_proof_that_a_file_cites_is_there() -> None:
    sections = set(re.findall(r"^## ([0-9]+)\. ", text("proof.md"), re.MULTILINE))
    cited = {
        number
        for file in tracked()
        if file.suffix in (".py", ".ts") and file.is_file()
        for numbers in re.findall(
            r"docs/proof\.md ([0-9]+(?:(?:,| and| to) [0-9]+)*)", file.read_text("utf-8")
        )
        for number in re.findall("[0-9]+", numbers)
    }
    assert cited
    assert cited <= sections
