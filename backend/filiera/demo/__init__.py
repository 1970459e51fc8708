# SPDX-License-Identifier: Apache-2.0
"""The demonstration: the whole path on one machine, from keys to a proven passport."""
