# SPDX-License-Identifier: Apache-2.0
"""The project's Markdown, read as its readers do: headings, links, blocks of code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
_BESIDE = ("hardhat_local", "backend/verifier", "tests/vectors")
PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    + [page for folder in _BESIDE for page in (ROOT / folder).glob("*.md")]
)

_FENCE = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_IMAGE = re.compile(r'<(?:img|source)\b[^>]*?(?:src|srcset)="([^"]+)"')
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: the language after its fence, and its text."""

    language: str
    text: str


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text(page: Path | str) -> str:
    return (page if isinstance(page, Path) else DOCS / page).read_text("utf-8")


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return _FENCE.sub("", text(page))


def blocks(page: Path) -> Iterator[Block]:
    for language, inside in _FENCE.findall(text(page)):
        yield Block(language, inside)


def links(page: Path) -> list[str]:
    """Targets of links and images, without those to other sites."""
    found = _LINK.findall(prose(page)) + _IMAGE.findall(prose(page))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """The fragments that a page's headings can be reached by, as GitHub makes them."""
    return {_slug(heading) for heading in _HEADING.findall(prose(page))}


def _slug(heading: str) -> str:
    plain = re.sub(r"`|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def section(page: str, title: str) -> str:
    """What stands under a heading of the second or third level, up to the next such."""
    after = re.split(rf"^#{{2,3}} {re.escape(title)}$", text(page), flags=re.MULTILINE)
    assert len(after) == 2, f"docs/{page} has no heading {title!r}"
    return re.split(r"^#{2,3} ", after[1], flags=re.MULTILINE)[0]


def rows(markdown: str) -> list[list[str]]:
    """The cells of every row of its tables, heads and rules left out."""
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-: ")]
