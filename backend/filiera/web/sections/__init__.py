# SPDX-License-Identifier: Apache-2.0
"""One module a section of the page: `build(shown)` gives its data, in no language."""
