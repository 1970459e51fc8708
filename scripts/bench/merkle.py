# SPDX-License-Identifier: Apache-2.0
"""The Merkle tree: time against a bare hashing loop and pymerkle, and its memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

from pymerkle import InmemoryTree  # type: ignore[import-untyped]

from filiera.proof.merkle import Tree
from scripts.bench.harness import Figure, Report, cost, figure, race, ratio, ready
from scripts.bench.yardsticks import bare_hashes

TREE, BARE, PATHS, PYMERKLE = "tree, all levels", "bare hashlib loop", "every path", "pymerkle"


def measure(size: int, rounds: int) -> Report:
    """Build the tree, read every path from it, and build pymerkle's tree over the same ids."""
    ids = [at.to_bytes(32, "big") for at in range(size)]
    built = Tree(ids)
    if _pymerkle(ids[:1000]).get_root() != Tree(ids[:1000]).root:
        raise ValueError("pymerkle's tree is another one: nothing to compare")
    times = race(
        rounds,
        {
            BARE: ready(bare_hashes(size)),
            TREE: ready(lambda: Tree(ids).root),
            PATHS: ready(lambda: [built.path(at) for at in range(size)]),
            PYMERKLE: ready(lambda: _pymerkle(ids).get_root()),
        },
    )
    return Report(
        "merkle",
        f"{size:,} records, {rounds} rounds, CPU time; the root is the last of all levels",
        (
            ratio(times, TREE, BARE),
            ratio(times, PYMERKLE, TREE),
            ratio(times, PATHS, TREE),
            *(cost(times, name, size, "record") for name in times),
            *_memory(TREE, lambda: Tree(ids)),
            *_memory(PYMERKLE, lambda: _pymerkle(ids)),
        ),
    )


def _pymerkle(ids: list[bytes]) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries(ids)
    tree.get_root()
    return tree


def _memory(name: str, build: Callable[[], object]) -> tuple[Figure, Figure]:
    """What Python allocates for a tree, its records not counted: at the peak, and for good."""
    tracemalloc.start()
    kept_alive = build()
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept_alive
    return (
        figure(f"{name}: memory while it is built", "MB", [peak / 1e6]),
        figure(f"{name}: memory kept", "MB", [kept / 1e6]),
    )
