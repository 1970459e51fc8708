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
import ipaddress
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from ipfshttpclient import exceptions
from ipfshttpclient.client import Client

from filiera.adapters.documents.cids import RAW, cid_bytes, cid_text, digest_of, parse_cid
from filiera.adapters.documents.manifest import build_manifest, car
from filiera.adapters.documents.together import apart, not_together
from filiera.errors import IntegrityError, NotFoundError, UnavailableError
from filiera.ports.documents import StoredBatch, StoredDocument

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

# ipfshttpclient hands urllib3 a parameter that urllib3 3 will refuse; both are pinned.
warnings.filterwarnings("ignore", message="The 'strict' parameter", category=FutureWarning)


class KuboDocumentStore:
    """The documents and batches of one Kubo node; safe to use from several threads.

    `api` is the multiaddr of its RPC API (/ip4/127.0.0.1/tcp/5001); `timeout` bounds, in
    seconds, how long a call waits to connect and for each answer, `batch_timeout` the
    same for the import of a batch.
    """

    def __init__(self, api: str, *, timeout: float = 10.0, batch_timeout: float = 120.0) -> None:
        self._api = api
        self._batch_timeout = batch_timeout
        self._client = Client(api, timeout=timeout, offline=True, chunk_size=CHUNK)
        if _is_loopback(api):
            # Whatever the environment says of proxies: none knows this machine's loopback.
            self._client._client._session_props["trust_env"] = False

    def add(self, data: bytes, media_type: str) -> StoredDocument:
        """Store and pin a file."""
        cid = self._ask(lambda: self._client.add_bytes(data, opts=IMPORT_PROFILE), "the file")
        return StoredDocument(hashlib.sha256(data).digest(), str(cid), len(data), media_type)

    def get(self, document: StoredDocument) -> bytes:
        """The file, whatever it says; the caller compares the SHA-256.

        Raises `NotFoundError` when a block of it is missing, `IntegrityError` when its
        root was altered so that no file comes out.
        """
        cid = document.cid
        try:
            data = bytes(self._ask(lambda: self._client.cat(cid), cid))
            if len(data) < document.size:
                # A node that lacks a block in the middle just ends its answer there.
                self._require_whole(cid)
            return data
        except UnavailableError as error:
            if isinstance(error.__cause__, exceptions.ErrorResponse) and self._is_altered(cid):
                raise IntegrityError(
                    "document-hash-mismatch", "The stored file was altered.", where=cid
                ) from error
            raise

    def get_all(self, documents: Sequence[StoredDocument]) -> list[bytes]:
        """Some files by one `cat`, which gives them one after the other (port)."""
        cids = [each.cid for each in documents]
        try:
            # The client's own `cat` takes one name, the node any number.
            ask = self._client._client.request
            data = self._ask(lambda: ask("/cat", cids, offline=True, decoder="none"), cids[0])
        except UnavailableError as error:
            if isinstance(error.__cause__, exceptions.ErrorResponse):
                raise not_together(documents) from error
            raise
        return apart(bytes(data), documents)

    def add_batch(
        self, records: Sequence[bytes], documents: Sequence[StoredDocument]
    ) -> StoredBatch:
        """Store and recursively pin a batch by one CAR import."""
        ids = [hashlib.sha256(record).digest() for record in records]
        manifest = build_manifest(ids, documents)
        root = cid_text(manifest.root.cid)
        answer = self._ask(
            lambda: self._client.dag.imprt(
                _Pieces(car(manifest, records)),
                opts={"pin-roots": "true"},
                timeout=self._batch_timeout,
            ),
            root,
        )
        said = answer["Root"]
        if said["PinErrorMsg"] or said["Cid"]["/"] != root:
            raise self._failed(f"did not pin the batch: {said['PinErrorMsg']}", root)
        return StoredBatch(root, digest_of(manifest.root.cid))

    def get_record(self, record_id: bytes) -> bytes:
        """The raw block of that digest, whatever it says; the caller compares the hash."""
        cid = cid_text(cid_bytes(RAW, record_id))
        try:
            return self._block(cid)
        except NotFoundError as error:
            raise NotFoundError(
                "record-not-found", "The IPFS node has no such record.", where=cid
            ) from error

    def _block(self, cid: str) -> bytes:
        return bytes(self._ask(lambda: self._client.block.get(cid), cid))

    def _is_altered(self, cid: str) -> bool:
        """Whether the block of that CID is not what its CID says."""
        return hashlib.sha256(self._block(cid)).digest() != digest_of(parse_cid(cid))

    def _require_whole(self, cid: str) -> None:
        """Raise `NotFoundError` unless every block of a file is there."""
        if parse_cid(cid)[1] == RAW:
            self._block(cid)
            return
        for link in self._ask(lambda: self._client.dag.get(cid), cid)["Links"]:
            self._require_whole(link["Hash"]["/"])

    def _ask(self, call: Callable[[], Any], what: str) -> Any:
        """Make the call; every way in which it can fail becomes one of Filiera's errors."""
        try:
            return call()
        except exceptions.ErrorResponse as error:
            raise self._failed(f"answered: {error}", what) from error
        except exceptions.TimeoutError as error:
            raise self._failed("did not answer in time.", what) from error
        except (exceptions.Error, OSError) as error:
            # OSError: requests' own, when the connection ends in the middle of an answer.
            raise self._failed("did not answer.", what) from error

    def _failed(self, how: str, what: str) -> NotFoundError | UnavailableError:
        """What the node lacks, or else that it failed."""
        if "could not find" in how:
            return NotFoundError(
                "document-not-found", "The IPFS node has no such content.", where=what
            )
        return UnavailableError(
            "ipfs-unreachable",
            f"The IPFS node {how}",
            part="ipfs",
            where=self._api,
            hint="Nothing was decided; try again when it runs.",
        )


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


def _is_loopback(api: str) -> bool:
    """Whether a multiaddr names this machine."""
    host = api.split("/")[2:3]
    try:
        return ipaddress.ip_address(host[0]).is_loopback
    except (ValueError, IndexError):
        return host == ["localhost"]
