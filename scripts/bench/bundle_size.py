# SPDX-License-Identifier: Apache-2.0
"""How large bundles are, and of what, on a real chain with many anchors.

Garments of ten steps, by two firms or by ten, anchored in one batch or each record in one of
its own; and the cardigan of the sample.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from filiera.adapters.ledger.deployment import load_deployment
from filiera.demo.content import SampleContent, Session
from filiera.demo.people import People
from filiera.model.ids import b64url
from filiera.proof.bundle import Bundle, parse_bundle
from filiera.proof.facts import Role
from filiera.proof.header import parse_header
from filiera.proof.offline import verify_bundle
from filiera.proof.reasons import Outcome
from filiera.proof.rlp import Item, decode
from filiera.proof.storage import account_state
from filiera.proof.trie import NodePool
from filiera.proof.trust import TrustFile
from filiera.services.accept import File
from scripts.bench.bundle_chain import IN_A_BATCH, CountingRpc, District, found, local_chain
from scripts.bench.district import Garment, records
from scripts.bench.harness import Figure, Report, figure
from tests.support.world import Firm, World

FIRMS = 10


@dataclass(frozen=True)
class Measured:
    """A bundle that was made, of a product of so many steps."""

    name: str
    data: bytes
    steps: int
    trust: TrustFile
    proofs: int
    """Calls of eth_getProof that the contract asked most took."""


def measure(steps: int, anchors: int) -> Report:
    """Bundles of garments of so many steps, and of the sample, among so many anchors."""
    with local_chain() as rpc:
        made = [*_garments(rpc, steps, anchors), _sample(rpc, anchors)]
    return Report(
        "bundle-size",
        f"{anchors:,} other anchors on the chain, {IN_A_BATCH} other records in a batch",
        tuple(each for one in made for each in _figures(one)),
    )


def _garments(rpc: CountingRpc, steps: int, anchors: int) -> Iterator[Measured]:
    world = World()
    others = [Firm(f"Impresa {number}", Role.PRODUCER) for number in range(3, FIRMS + 1)]
    for firm in others:
        world.sign_identity(firm)
    two = (world.mill, world.brand)
    everybody = (*two, *others)
    district = found(rpc, world, everybody)
    district.fill(anchors)
    identities = [world.jws[firm.name] for firm in (world.association, *everybody)]
    _anchor(district, world, [identities])
    for firms in (two, everybody):
        for apart in (False, True):
            garment = Garment(world, steps, makers=firms)
            batches = [[each] for each in garment.jws] if apart else [garment.jws]
            _anchor(district, world, batches)
            where = "a batch each" if apart else "one batch"
            name = f"{steps} steps, {len(firms)} firms, {where}"
            yield _made(name, district, garment.product, steps)


def _anchor(district: District, world: World, batches: Sequence[Sequence[bytes]]) -> None:
    for batch in batches:
        district.anchor([*batch, *records(world, IN_A_BATCH)])


def _sample(rpc: CountingRpc, anchors: int) -> Measured:
    """The sample's cardigan, in the batches in which the demonstration anchors it."""
    now = int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    content = SampleContent(now)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        people = People(place / "keys", place / "password", content.people)
        identities = people.found(rpc, place / "deployment.json", content.identities, now)
        deployment = load_deployment(place / "deployment.json")
        district = District(rpc, deployment, people.signers["operator"])
        district.fill(anchors)

        def submit(records: Sequence[bytes], files: Sequence[File]) -> None:
            for result in district.services.acceptance.accept_many(records, files):
                if isinstance(result, Exception):
                    raise result

        product = content.load(Session(people, district.services, submit, now), identities)
    return _made("sample, 7 steps and 6 claims", district, product, 7)


def _made(name: str, district: District, product: str, steps: int) -> Measured:
    bundles = district.services.bundles
    district.clock.seconds = district.services.ledger.head().time
    district.rpc.proofs.clear()
    data = bundles.make(product)
    verdict = verify_bundle(parse_bundle(data), bundles.trust, district.clock.now())
    if verdict.outcome is not Outcome.PROVEN:
        raise ValueError("what is measured must be proven")
    return Measured(name, data, steps, bundles.trust, max(district.rpc.proofs.values()))


def _figures(made: Measured) -> Iterator[Figure]:
    size, name = len(made.data), made.name
    yield figure(name, "bytes", [size])
    yield figure(f"{name}, a step", "bytes", [size / made.steps])
    yield figure(f"{name}, gzip", "bytes", [len(gzip.compress(made.data))])
    for part, part_size in _parts(parse_bundle(made.data), made.trust):
        yield figure(f"{name}: {part}", "bytes", [part_size])
    yield figure(f"{name}, eth_getProof", "a contract", [made.proofs])


def _parts(bundle: Bundle, trust: TrustFile) -> Iterator[tuple[str, int]]:
    """What each part takes in the file."""
    anchors = [each.inclusion for each in bundle.records if each.inclusion is not None]
    yield f"{len(bundle.records)} JWS", sum(len(each.jws) for each in bundle.records)
    yield "paths", sum(_written(each.path) for each in anchors)
    yield "headers and seal", _written([*bundle.headers, bundle.operator_seal or b""])
    pool = NodePool.of(bundle.nodes)
    root = parse_header(bundle.headers[0]).state_root
    yield "nodes of the state", _written(_reached(root, pool))
    for name, contract in trust.contracts[0].named.items():
        state = account_state(root, contract.address, pool)
        nodes = _reached(state.storage_root, pool) if state else []
        yield f"nodes of {name}", _written(nodes)


def _written(blobs: Sequence[bytes]) -> int:
    return len(json.dumps([b64url(each) for each in blobs], separators=(",", ":")))


def _reached(root: bytes, pool: NodePool) -> list[bytes]:
    """The nodes of the pool that lie under a root."""
    if root not in pool.nodes:
        return []
    return [
        pool.nodes[root],
        *(node for child in _hashes(decode(pool.nodes[root])) for node in _reached(child, pool)),
    ]


def _hashes(item: Item) -> list[bytes]:
    if isinstance(item, bytes):
        return [item] if len(item) == 32 else []
    return [each for child in item for each in _hashes(child)]
