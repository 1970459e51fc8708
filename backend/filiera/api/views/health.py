# SPDX-License-Identifier: Apache-2.0
"""Health as the API shows it."""

from __future__ import annotations

from filiera.api.problems import Problem
from filiera.services.view_parts import View


class AliveView(View):
    """The process is up."""

    status: str


class PartView(View):
    """Whether one part answers, and else what it answered."""

    ready: bool
    problem: Problem | None


class ReadyView(View):
    """Whether every part answers: chain, ipfs, store."""

    ready: bool
    parts: dict[str, PartView]
