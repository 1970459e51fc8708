# SPDX-License-Identifier: Apache-2.0
"""Stores on each back end (backends.py)."""

from __future__ import annotations

from tests.adapters.store.backends import backend, store

__all__ = ["backend", "store"]
