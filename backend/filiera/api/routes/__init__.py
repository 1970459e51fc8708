# SPDX-License-Identifier: Apache-2.0
"""One router a resource; `ROUTERS` is the list that the application includes."""
