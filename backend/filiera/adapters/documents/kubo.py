# SPDX-License-Identifier: Apache-2.0
"""DocumentStore on a Kubo node, by its RPC API.

Import profile, the same for every file and every version of Filiera, so that one file
has one CID: CIDv1, sha2-256, raw leaves, fixed chunks of 262,144 bytes, balanced DAG of
at most 174 links a node. A file of one chunk is a raw block whose CID names its SHA-256.

The node is asked for what it holds itself (`offline`): what it has not is known at
once, and a read never waits for strangers.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import requests
from ipfshttpclient import exceptions, multipart
from ipfshttpclient.http_requests import ClientSync

from filiera.adapters.bounded import AnswerTooLongError, bound
from filiera.adapters.documents.cids import RAW, cid_bytes, cid_text, digest_of, parse_cid
from filiera.adapters.documents.manifest import build_manifest, car
from filiera.adapters.documents.together import apart, longer, no_record, not_together
from filiera.errors import IntegrityError, NotFoundError, UnavailableError
from filiera.ports.documents import StoredBatch, StoredDocument
from filiera.proof.jws import MAX_JWS

IMPORT_PROFILE: Final = {
    "cid-version": "1",
    "hash": "sha2-256",
    "raw-leaves": "true",
    "chunker": "size-262144",
    "max-file-links": "174",
    "trickle": "false",
    "pin": "true",
}

CHUNK: Final = 262_144
PIECE: Final = 65_536
"""Bytes that are taken at once."""
MAX_BLOCK: Final = 2 << 20
"""Bytes of a block: more is passed on by no IPFS node."""
MAX_SAID: Final = 1 << 16
"""Bytes of an answer that is JSON: none of those asked for has a thousand."""

# ipfshttpclient hands urllib3 a parameter that urllib3 3 will refuse; both are pinned.
warnings.filterwarnings("ignore", message="The 'strict' parameter", category=FutureWarning)


class KuboDocumentStore:
    """The documents and batches of one Kubo node; safe to use from several threads.

    `api` is the multiaddr of its RPC API (/ip4/127.0.0.1/tcp/5001). `timeout` bounds, in
    seconds, how long a call waits to connect and for the next bytes, `longest` the whole of
    it; `batch_timeout` and `batch_longest` the same for the import of a batch.
    """

    def __init__(
        self,
        api: str,
        *,
        timeout: float = 10.0,
        longest: float = 60.0,
        batch_timeout: float = 120.0,
        batch_longest: float = 600.0,
    ) -> None:
        self._api = api
        self._http = _Http(api, timeout, longest)
        self._imports = _Http(api, batch_timeout, batch_longest)

    def add(self, data: bytes, media_type: str) -> StoredDocument:
        """Store and pin a file."""
        body, headers = multipart.stream_bytes(data, chunk_size=CHUNK)
        said = self._told(self._http, "/add", opts=IMPORT_PROFILE, data=body, headers=headers)
        try:
            cid = cid_text(parse_cid(said["Hash"]))
        except (KeyError, TypeError, ValueError) as error:
            raise self._failed("did not say what it stored.", "/add") from error
        return StoredDocument(hashlib.sha256(data).digest(), cid, len(data), media_type)

    def get(self, document: StoredDocument) -> bytes:
        """The file, whatever it says; the caller compares the SHA-256.

        Raises `NotFoundError` when a block of it is missing, `IntegrityError` when its
        root was altered so that no file comes out, or a longer one than it is.
        """
        cid = document.cid
        try:
            data = self._ask(self._http, "/cat", [cid], most=document.size)
            if len(data) < document.size:
                # A node that lacks a block in the middle just ends its answer there.
                self._require_whole(cid)
            return data
        except AnswerTooLongError as error:
            raise longer(document) from error
        except UnavailableError as error:
            if isinstance(error.__cause__, exceptions.ErrorResponse) and self._is_altered(cid):
                raise IntegrityError(
                    "document-hash-mismatch", "The stored file was altered.", where=cid
                ) from error
            raise

    def get_all(self, documents: Sequence[StoredDocument]) -> list[bytes]:
        """Some files by one `cat`, which gives them one after the other (port)."""
        cids = [each.cid for each in documents]
        size = sum(each.size for each in documents)
        try:
            return apart(self._ask(self._http, "/cat", cids, most=size), documents)
        except AnswerTooLongError as error:
            raise not_together(documents) from error
        except UnavailableError as error:
            if isinstance(error.__cause__, exceptions.ErrorResponse):
                raise not_together(documents) from error
            raise

    def add_batch(
        self, records: Sequence[bytes], documents: Sequence[StoredDocument]
    ) -> StoredBatch:
        """Store and recursively pin a batch by one CAR import."""
        ids = [hashlib.sha256(record).digest() for record in records]
        manifest = build_manifest(ids, documents)
        root = cid_text(manifest.root.cid)
        body, headers = multipart.stream_files(_Pieces(car(manifest, records)), chunk_size=CHUNK)
        options = {"pin-roots": "true"}
        said = self._told(self._imports, "/dag/import", opts=options, data=body, headers=headers)
        match said:
            case {"Root": {"Cid": {"/": named}, "PinErrorMsg": ""}} if named == root:
                return StoredBatch(root, digest_of(manifest.root.cid))
        raise self._failed(f"did not pin the batch: {said}", root)

    def get_record(self, record_id: bytes) -> bytes:
        """The raw block of that digest, whatever it says; the caller compares the hash."""
        cid = cid_text(cid_bytes(RAW, record_id))
        try:
            return self._ask(self._http, "/block/get", [cid], most=MAX_JWS)
        except (AnswerTooLongError, NotFoundError) as error:
            raise no_record(cid) from error

    def _is_altered(self, cid: str) -> bool:
        """Whether the block of that CID is known not to be what its CID says."""
        try:
            block = self._ask(self._http, "/block/get", [cid], most=MAX_BLOCK)
        except AnswerTooLongError:
            return False
        return hashlib.sha256(block).digest() != digest_of(parse_cid(cid))

    def _require_whole(self, cid: str) -> None:
        """Raise `NotFoundError` unless the node has every block of a file."""
        said = self._told(self._http, "/files/stat", [f"/ipfs/{cid}"], opts={"with-local": "true"})
        if said.get("Local") is not True:
            raise _not_found(cid)

    def _told(
        self, http: _Http, path: str, names: Sequence[str] = (), **more: Any
    ) -> dict[str, Any]:
        """The JSON object that a call answers."""
        try:
            said = json.loads(self._ask(http, path, names, most=MAX_SAID, **more))
        except (ValueError, RecursionError, AnswerTooLongError) as error:
            raise self._failed("answered nonsense.", path) from error
        if not isinstance(said, dict):
            raise self._failed("answered nonsense.", path)
        return said

    def _ask(
        self, http: _Http, path: str, names: Sequence[str] = (), *, most: int, **more: Any
    ) -> bytes:
        """What a call answers; every way in which it can fail becomes one of Filiera's errors.

        Raises `AnswerTooLongError` as soon as the node has said more than `most` bytes.
        """
        what = names[0] if names else path
        try:
            with http.request(path, names, decoder="none", stream=True, **more) as pieces:
                return _joined(pieces, most)
        except exceptions.ErrorResponse as error:
            raise self._failed(f"answered: {error}", what) from error
        except exceptions.TimeoutError as error:
            raise self._failed("did not answer in time.", what) from error
        except (exceptions.Error, OSError, RecursionError) as error:
            # OSError: requests' own, when the connection ends in the middle of an answer.
            raise self._failed("did not answer.", what) from error

    def _failed(self, how: str, what: str) -> NotFoundError | UnavailableError:
        """What the node lacks, or else that it failed."""
        if "could not find" in how:
            return _not_found(what)
        return UnavailableError(
            "ipfs-unreachable",
            f"The IPFS node {how[:300]}",
            part="ipfs",
            where=self._api,
            hint="Nothing was decided; try again when it runs.",
        )


class _Http(ClientSync):  # type: ignore[misc]  # the library has no types
    """ipfshttpclient's HTTP: bounded in time here, in bytes by who takes the pieces.

    What it has above this layer takes an answer whole, however long.
    """

    def __init__(self, api: str, timeout: float, longest: float) -> None:
        self._longest = longest
        super().__init__(api, "api/v0", offline=True, timeout=timeout)

    def _make_session(self) -> requests.Session:
        session: requests.Session = super()._make_session()
        bound(session, seconds=self._longest, octets=math.inf)
        return session

    def _request(self, *args: Any, **more: Any) -> Any:
        return super()._request(*args, **{**more, "chunk_size": PIECE})


class _Pieces:
    """Pieces of bytes, read like a file; only as many are made as are asked for."""

    name = "batch.car"

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, size: int) -> bytes:
        """At least `size` bytes, or what is left."""
        gathered, length = [], 0
        for piece in self._pieces:
            gathered.append(piece)
            length += len(piece)
            if length >= size:
                break
        return b"".join(gathered)


def _joined(pieces: Iterable[bytes], most: int) -> bytes:
    """The pieces in one, if they have at most so many bytes."""
    said = io.BytesIO()
    for piece in pieces:
        said.write(piece)
        if said.tell() > most:
            raise AnswerTooLongError
    return said.getvalue()


def _not_found(cid: str) -> NotFoundError:
    return NotFoundError("document-not-found", "The IPFS node has no such content.", where=cid)
