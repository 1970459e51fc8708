# SPDX-License-Identifier: Apache-2.0
"""Every text can be read in both schemes: WCAG 2.2, 1.4.3 (AA, 4.5 to 1)."""

from __future__ import annotations

import re

import pytest

from filiera.web.messages import HERE

STYLES = (HERE / "static" / "site.css").read_text("utf-8")
TONES = ("proven", "disproven", "unknown", "warned", "withdrawn")
GROUNDS = ("paper", "card")


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme; dark replaces what light sets."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\n\s*\}", STYLES, re.DOTALL)[:2]
    )
    assert light.keys() == dark.keys()
    return light if scheme == "light" else dark


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [(text, ground) for text in ("ink", "soft", "link", *TONES) for ground in GROUNDS] + [
    (tone, f"{tone}-wash") for tone in TONES
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5
