# SPDX-License-Identifier: Apache-2.0
"""A real IPFS node for tests: one Kubo a session, alone, on free ports of 127.0.0.1.

`ipfs` (session)  `ipfs.api` is the multiaddr of its RPC API, `ipfs.repo` its folder,
                  `ipfs.store()` a DocumentStore on it. Content stays until the session
                  ends: a test that needs something absent uses bytes of its own.

A test module that uses it needs `pytestmark = pytest.mark.stack`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from filiera.adapters.documents.kubo import KuboDocumentStore
from filiera.stack.ipfs import await_ipfs, start_ipfs
from filiera.stack.processes import RunFile


@dataclass(frozen=True)
class Ipfs:
    """A running node."""

    api: str
    repo: Path

    def store(self) -> KuboDocumentStore:
        """A document store on it."""
        return KuboDocumentStore(self.api)


@pytest.fixture(scope="session")
def ipfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ipfs]:
    """One Kubo for the whole session."""
    with running_ipfs(tmp_path_factory.mktemp("ipfs")) as started:
        yield started


@contextmanager
def running_ipfs(folder: Path) -> Iterator[Ipfs]:
    """A Kubo of its own that keeps everything in that folder."""
    repo = folder / "repo"
    child = start_ipfs(repo, 0, 0, folder / "ipfs.log", RunFile(folder / "run.json"))
    try:
        api, _ = await_ipfs(child, repo)
        yield Ipfs(api, repo)
    finally:
        child.stop(grace=5.0)
