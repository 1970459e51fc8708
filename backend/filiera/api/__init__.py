# SPDX-License-Identifier: Apache-2.0
"""The HTTP API: FastAPI under /v1 (docs/api.md)."""
