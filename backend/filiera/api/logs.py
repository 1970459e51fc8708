# SPDX-License-Identifier: Apache-2.0
"""The server's log: structlog over the standard library's logger `filiera`, to stderr."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

_LOGGER = "filiera"


def get_log(name: str) -> Any:
    """A structured logger below `filiera`."""
    return structlog.wrap_logger(
        logging.getLogger(f"{_LOGGER}.{name}"),
        wrapper_class=structlog.stdlib.BoundLogger,
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def configure_logs(level: int = logging.INFO) -> None:
    """Send Filiera's log to stderr, one JSON object a line, once however often it is called."""
    logger = logging.getLogger(_LOGGER)
    logger.setLevel(level)
    logger.propagate = False
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
