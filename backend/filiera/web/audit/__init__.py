# SPDX-License-Identifier: Apache-2.0
"""The auditor's view: a passport as tables, every record unfolded, and the same as files."""
