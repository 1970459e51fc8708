# SPDX-License-Identifier: Apache-2.0
"""The shapes of answers; the passport's own is `services.passport_view`."""
