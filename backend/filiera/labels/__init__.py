# SPDX-License-Identifier: Apache-2.0
"""Labels: a product's QR code, alone or on sheets to print and cut."""
