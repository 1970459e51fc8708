# SPDX-License-Identifier: Apache-2.0
"""The public pages: what a person reads after scanning a label."""
