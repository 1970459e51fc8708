# SPDX-License-Identifier: Apache-2.0
"""Fixtures that every test may use; each is described where it is defined."""

from tests.support.chain import chain, district, district_once

__all__ = ["chain", "district", "district_once"]
