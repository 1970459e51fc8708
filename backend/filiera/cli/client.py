# SPDX-License-Identifier: Apache-2.0
"""The server, as the command line asks it: HTTP with timeouts, problems as our own errors."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from filiera.cli.typed import ChosenFile
from filiera.cli.words import say
from filiera.errors import (
    CODES,
    ConflictError,
    FilieraError,
    InputError,
    IntegrityError,
    NotFoundError,
    RefusedError,
    SetupError,
    UnavailableError,
)
from filiera.model.ids import b64url
from filiera.proof.encoding import parse_json

if TYPE_CHECKING:
    import httpx

ANSWER_SECONDS: Final = 60.0
"""Between any two bytes of an answer."""
LONGEST_SECONDS: Final = 600.0
"""For all of an answer's body."""
MAX_ANSWER: Final = 64 << 20
"""Bytes of an answer: twice the largest bundle."""
CONNECT_SECONDS: Final = 5.0
JWS_TYPE: Final = "application/vc+jwt"
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_FAMILIES: Final[dict[int, type[FilieraError]]] = {
    403: RefusedError,
    404: NotFoundError,
    409: ConflictError,
    500: SetupError,
    502: IntegrityError,
}


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of one submitted record: its receipt, or why it was refused."""

    id: bytes
    new: bool
    receipt: Mapping[str, Any] | None
    error: FilieraError | None


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer of the server: its status, its media type, its bytes."""

    status: int
    kind: str
    content: bytes


def open_http(base: str) -> httpx.Client:
    """A client of the server at `base`; nothing is opened until it is used."""
    import httpx

    host = urlsplit(base).hostname
    if urlsplit(base).scheme not in ("http", "https") or not host:
        raise InputError("usage", say("api.not-url", url=base), where="--api")
    # What the environment names as a proxy is not for this machine.
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    return httpx.Client(base_url=base, timeout=timeout, trust_env=host not in _LOOPBACK)


class Answer(dict[str, Any]):
    """A JSON object of the server's; a member that is not there is its fault, not ours."""

    def __missing__(self, name: str) -> Any:
        raise _unexpected(name)


class Api:
    """One server.

    Every method raises what the server said, as one of our errors, and UnavailableError
    (part "api") when it does not answer.
    """

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    @property
    def url(self) -> str:
        """Where the server is."""
        return str(self._http.base_url).rstrip("/")

    def get(self, path: str, **headers: str) -> Any:
        """The JSON at a path under /v1."""
        return self._json(self._send("GET", f"/v1{path}", headers=headers))

    def content(self, path: str) -> bytes:
        """The bytes at a path under /v1, as they are."""
        return self._send("GET", f"/v1{path}").content

    def post(self, path: str, body: Any) -> Any:
        """The answer to a JSON body, sent to a path under /v1."""
        return self._json(self._send("POST", f"/v1{path}", json=body))

    def record(self, record: bytes) -> bytes:
        """The JWS of a record; the caller compares the hash."""
        path = f"/v1/records/{b64url(record)}"
        return self._send("GET", path, headers={"Accept": JWS_TYPE}).content

    def submit(
        self, records: Sequence[tuple[bytes, bytes]], files: Sequence[ChosenFile] = ()
    ) -> list[Submitted]:
        """Submit (id, JWS) pairs with their files; one result each, in order."""
        parts: list[tuple[str, tuple[str | None, bytes, str]]] = [
            ("record", (None, jws, JWS_TYPE)) for _, jws in records
        ]
        parts += [("document", (file.name, file.data, file.media_type)) for file in files]
        said = self._send("POST", "/v1/records", files=parts, whole=False)
        answer = self._json(said)
        if len(records) == 1:
            results = [_single(said.status, answer)]
        else:
            _check(said)
            results = answer["results"]
        if len(results) != len(records):
            raise _unexpected("results")
        return [_submitted(record[0], each) for record, each in zip(records, results, strict=True)]

    def _send(
        self,
        method: str,
        path: str,
        *,
        whole: bool = True,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> _Said:
        """The answer; with `whole` one that is not a problem."""
        import httpx

        try:
            asked = {"Accept-Encoding": "gzip", **(headers or {})}
            with self._http.stream(method, path, headers=asked, **more) as response:
                kind = response.headers.get("content-type", "?")
                said = _Said(response.status_code, kind, _read(response))
        except httpx.HTTPError as error:
            raise UnavailableError(
                "api-unreachable",
                say("api.down", url=self.url, why=type(error).__name__),
                part="api",
                where=self.url,
                hint=say("api.down.hint"),
            ) from error
        if whole:
            _check(said)
        return said

    def _json(self, said: _Said) -> Any:
        try:
            return _answer(parse_json(said.content))
        except InputError:
            raise _unexpected(said.kind) from None


def _read(response: httpx.Response) -> bytes:
    """The bytes of an answer, as long as it does not go on beyond what one may be."""
    import httpx

    encoding = response.headers.get("content-encoding", "identity")
    if encoding not in ("identity", "gzip"):  # others unpack a little into too much at once
        raise _unexpected(encoding)
    content, end = bytearray(), time.monotonic() + LONGEST_SECONDS
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MAX_ANSWER:
            raise _unexpected(f"> {MAX_ANSWER >> 20} MiB")
        if time.monotonic() > end:
            raise httpx.ReadTimeout(f"> {LONGEST_SECONDS:g} s")
    return bytes(content)


def product_path(product: str) -> str:
    """A product's id as one segment of a path."""
    return quote(product, safe="")


def _answer(value: Any) -> Any:
    if isinstance(value, dict):
        return Answer({name: _answer(item) for name, item in value.items()})
    return [_answer(item) for item in value] if isinstance(value, list) else value


def _check(said: _Said) -> None:
    if said.status < 400:
        return
    try:
        problem = parse_json(said.content)
    except InputError:
        problem = None
    if not isinstance(problem, dict) or "code" not in problem:
        raise _unexpected(f"HTTP {said.status}")
    raise error_of(problem)


def error_of(problem: Mapping[str, Any]) -> FilieraError:
    """A problem detail as one of our errors; a code that is new to us is `api-answer`."""
    said = {name: str(problem[name]) for name in ("where", "hint") if problem.get(name) is not None}
    code, message = str(problem.get("code")), str(problem.get("detail"))
    if code not in CODES:
        code, message = "api-answer", f"{message} [{code}]"
    status = problem.get("status")
    if status == 503:
        return UnavailableError(code, message, part=str(problem.get("part", "api")), **said)
    family = _FAMILIES.get(status if isinstance(status, int) else 0, InputError)
    return family(code, message, **said)


def _single(status: int, answer: Any) -> Answer:
    return Answer({"status": status, ("record" if status < 400 else "problem"): answer})


def _submitted(record: bytes, result: Any) -> Submitted:
    problem = result.get("problem")
    if problem is not None:
        error = error_of(problem)
        if isinstance(error, UnavailableError):
            raise error
        return Submitted(record, False, None, error)
    return Submitted(record, result["status"] == 201, result["record"], None)


def _unexpected(what: str) -> SetupError:
    return SetupError("api-answer", say("api.unexpected", what=what), hint=say("api.version.hint"))
