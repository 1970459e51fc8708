# SPDX-License-Identifier: Apache-2.0
"""What an endpoint is handed: the services of its application."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from filiera.services import Services


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesOf = Annotated[Services, Depends(_services)]
