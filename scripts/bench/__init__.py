# SPDX-License-Identifier: Apache-2.0
"""Measurements: ratios to a yardstick taken in the same run (docs/performance.md)."""
