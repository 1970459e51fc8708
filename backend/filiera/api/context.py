# SPDX-License-Identifier: Apache-2.0
"""What an endpoint is handed: the services and settings of its application."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from filiera.services import Services
from filiera.settings import Settings


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


ServicesOf = Annotated[Services, Depends(_services)]
SettingsOf = Annotated[Settings, Depends(_settings)]
