# SPDX-License-Identifier: Apache-2.0
"""Batches, anchors and inclusion proofs as the API shows them."""

from __future__ import annotations

from pydantic import Field

from filiera.model.ids import ni_uri
from filiera.ports.store import Batch
from filiera.proof.evidence import Inclusion
from filiera.proof.facts import Anchor
from filiera.services.view_parts import BlockView, View, block_view, instant_text


class AnchorSlotView(View):
    """What the AnchorRegistry holds for a root; `time` is null where it holds nothing."""

    time: str | None
    count: int
    sequence: int


class InclusionView(View):
    """Where a record is in an anchored tree, and the path to its root (RFC 9162)."""

    anchorer: str
    root: str
    index: int
    path: list[str] = Field(description="Hashes, leaf side first.")


class ProofView(View):
    """What shows that a record is anchored, and the anchor's slot at one block."""

    record: str
    inclusion: InclusionView | None = Field(description="Null while it is not anchored.")
    anchor: AnchorSlotView | None = Field(description="Null where the chain did not say.")
    block: BlockView | None
    unavailable: list[str] = Field(description="The parts that did not answer.")


class BatchSummaryView(View):
    """A batch: its root, its manifest in IPFS, its anchoring."""

    number: int
    anchorer: str
    root: str
    manifest: str = Field(description="CID of the manifest.")
    count: int
    anchored: str | None
    sequence: int | None
    transaction: str | None
    block: BlockView | None


class BatchView(BatchSummaryView):
    """A batch with its records, in the order of its leaves."""

    records: list[str]


class BatchesView(View):
    """Batches in the order in which they were made."""

    total: int
    batches: list[BatchSummaryView]


def proof_view(
    record: bytes, inclusion: Inclusion | None, slot: Anchor | None, **more: object
) -> ProofView:
    """An inclusion and the slot that it leads to."""
    return ProofView.model_validate(
        {
            "record": ni_uri(record),
            "inclusion": _inclusion(inclusion) if inclusion else None,
            "anchor": _slot(slot) if slot else None,
            **more,
        }
    )


def _inclusion(inclusion: Inclusion) -> InclusionView:
    return InclusionView(
        anchorer=inclusion.anchorer,
        root="0x" + inclusion.root.hex(),
        index=inclusion.index,
        path=["0x" + each.hex() for each in inclusion.path],
    )


def _slot(slot: Anchor) -> AnchorSlotView:
    return AnchorSlotView(
        time=instant_text(slot.time or None), count=slot.count, sequence=slot.sequence
    )


def batch_summary_view(batch: Batch) -> BatchSummaryView:
    """A batch without its records."""
    return BatchSummaryView.model_validate(_batch(batch))


def batch_view(batch: Batch) -> BatchView:
    """A batch with its records."""
    return BatchView.model_validate(
        {**_batch(batch), "records": [ni_uri(record) for record in batch.records]}
    )


def _batch(batch: Batch) -> dict[str, object]:
    receipt = batch.receipt
    return {
        "number": batch.number,
        "anchorer": batch.anchorer,
        "root": "0x" + batch.root.hex(),
        "manifest": batch.manifest.cid,
        "count": len(batch.records),
        "anchored": instant_text(receipt.anchor.time) if receipt else None,
        "sequence": receipt.anchor.sequence if receipt else None,
        "transaction": "0x" + receipt.transaction.hex() if receipt else None,
        "block": block_view(receipt.block) if receipt else None,
    }
