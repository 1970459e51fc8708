# SPDX-License-Identifier: Apache-2.0
"""JSON-RPC to the chain's node: a bound on everything, and two kinds of failure.

Either a contract said no (`chain-refused`), or nothing was decided (`chain-unreachable`):
no connection, no answer in time, an answer that is none, or one without end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import requests
from web3 import HTTPProvider
from web3.exceptions import Web3Exception
from web3.types import RPCResponse

from filiera.adapters.bounded import AnswerTooLongError, bound
from filiera.adapters.ledger.contracts import explain_revert
from filiera.errors import ConflictError, InputError, UnavailableError

Request = tuple[str, list[Any]]
"""A method and its parameters."""

BATCH_SIZE: Final = 500
"""The most requests sent as one JSON-RPC batch: geth refuses more than 1,000."""
MAX_ANSWER: Final = 32 << 20
"""Bytes of one answer: geth ends a batch at 25 MB by itself (see `proving.AT_ONCE`)."""
MAX_VALUES: Final = 1_000_000
"""Values in it: an empty list takes three bytes of JSON, and sixty of memory."""

_NONSENSE: Final = (
    ValueError,  # not JSON, not a number
    TypeError,
    KeyError,  # JSON, but not what is looked for in it
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    InputError,  # not a header, not a word that our contracts write
)
_NO_ANSWER: Final = (
    requests.RequestException,
    AnswerTooLongError,
    Web3Exception,
    *_NONSENSE,
)


class _Provider(HTTPProvider):
    """web3's, which would make values of whatever comes."""

    @staticmethod
    def decode_rpc_response(raw_response: bytes) -> RPCResponse:
        if sum(map(raw_response.count, (b"[", b"{", b","))) > MAX_VALUES:
            raise AnswerTooLongError
        return HTTPProvider.decode_rpc_response(raw_response)


class Rpc:
    """One node at one URL. Safe to share between threads; opens nothing until it is asked."""

    def __init__(self, url: str, *, timeout: float = 10.0, longest: float = 60.0) -> None:
        """`timeout`: seconds that the node has to accept a connection, and to say the next bytes.

        `longest`: seconds that it has for all of a message and the answer.
        """
        session = requests.Session()
        bound(session, seconds=longest, octets=MAX_ANSWER)
        self.url = url
        self._provider = _Provider(
            url,
            request_kwargs={"timeout": timeout},
            session=session,
            exception_retry_configuration=None,
        )

    def call(self, method: str, *params: Any) -> Any:
        """The result of one request."""
        return self.batch([(method, list(params))])[0]

    def batch(self, calls: Sequence[Request]) -> list[Any]:
        """The results of several requests, in their order, by as few messages as allowed."""
        return [self._result(answer) for answer in self._answers(calls)]

    @contextmanager
    def sense(self) -> Iterator[None]:
        """Within, a result is read, which may be anything: nonsense is `chain-unreachable`."""
        try:
            yield
        except _NONSENSE as error:
            raise self._unreachable("answered nonsense", type(error).__name__) from error

    def _answers(self, calls: Sequence[Request]) -> Iterator[Any]:
        for start in range(0, len(calls), BATCH_SIZE):
            part = list(calls[start : start + BATCH_SIZE])
            try:
                # web3 lists the methods that it knows; a node may have more.
                answers = self._provider.make_batch_request(part)  # type: ignore[arg-type]
            except _NO_ANSWER as error:
                raise self._unreachable("did not answer", type(error).__name__) from error
            if not isinstance(answers, list) or len(answers) != len(part):
                raise self._unreachable("answered nonsense", str(answers)[:200])
            yield from answers

    def _result(self, answer: Any) -> Any:
        if isinstance(answer, dict) and "result" in answer:
            return answer["result"]
        error = answer.get("error") if isinstance(answer, dict) else None
        if not isinstance(error, dict):
            raise self._unreachable("answered nonsense", str(answer)[:200])
        data = _revert_data(error)
        if data is None:
            raise self._unreachable("could not do that", str(error.get("message"))[:200])
        raise ConflictError(
            "chain-refused", f"The contract refused: {explain_revert(data)}."
        ) from RevertError(data)

    def _unreachable(self, what: str, detail: str) -> UnavailableError:
        return UnavailableError(
            "chain-unreachable",
            f"The chain node {what}: {detail}.",
            part="chain",
            where=self.url,
            hint="Nothing was decided; try again when the node is back.",
        )


class RevertError(Exception):
    """The data that a contract reverted with; the cause of a `chain-refused`."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.data = data


def number(result: Any) -> int:
    """The number that a QUANTITY of JSON-RPC says."""
    return int(result, 16)


def octets(result: Any) -> bytes:
    """The bytes that a DATA of JSON-RPC says."""
    return bytes.fromhex(result[2:])


def quantity(value: int) -> str:
    """A number as JSON-RPC spells it."""
    return hex(value)


def _revert_data(error: dict[str, Any]) -> bytes | None:
    """What the revert carries, b"" for nothing, None when the error is not a revert."""
    data = error.get("data")
    if isinstance(data, dict):  # Hardhat nests it
        data = data.get("data")
    if isinstance(data, str) and data.startswith("0x"):
        return bytes.fromhex(data[2:])
    return b"" if "revert" in str(error.get("message")).lower() else None
