# SPDX-License-Identifier: Apache-2.0
"""The GS1-Conformant Resolver, without the web: what is asked, and what answers it."""
