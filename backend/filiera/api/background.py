# SPDX-License-Identifier: Apache-2.0
"""The one thread that anchors in the background."""

from __future__ import annotations

from threading import Event, Thread
from typing import Final

from filiera.api.logs import get_log
from filiera.errors import FilieraError, UnavailableError
from filiera.services.anchor import Anchoring

JOIN_SECONDS: Final = 10.0
"""How long a stop waits for an anchoring that is under way; a crash there is harmless."""
_log = get_log("anchoring")


class AnchoringThread:
    """Calls `anchor_due` every `interval` seconds until it is stopped.

    A part that does not answer leaves everything pending, is logged once, and is asked
    again at the next turn.
    """

    def __init__(self, anchoring: Anchoring, interval: float = 1.0) -> None:
        self._anchoring = anchoring
        self._interval = interval
        self._stop = Event()
        self._thread = Thread(target=self._run, name="filiera-anchoring", daemon=True)
        self._trouble: str | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; returns when the turn under way is over, or after `JOIN_SECONDS`."""
        self._stop.set()
        self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.turn()
            self._stop.wait(self._interval)

    def turn(self) -> None:
        """One turn; raises nothing."""
        try:
            for batch in self._anchoring.anchor_due():
                _log.info("batch anchored", batch=batch.number, records=len(batch.records))
            if self._trouble is not None:
                _log.info("anchoring again", after=self._trouble)
            self._trouble = None
        except UnavailableError as error:
            self._note(error.code, part=error.part, error=str(error))
        except FilieraError as error:
            self._note(error.code, error=str(error))
        except Exception as error:
            self._note("internal", error=str(error), exc_info=error)

    def _note(self, trouble: str, **details: object) -> None:
        """Log a trouble when it begins, not at every turn that it lasts."""
        if trouble != self._trouble:
            _log.warning("anchoring waits", code=trouble, **details)
        self._trouble = trouble
