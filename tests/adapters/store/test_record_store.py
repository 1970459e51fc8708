# SPDX-License-Identifier: Apache-2.0
"""What every record store promises (ports/store.py), on each back end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiera.errors import ConflictError, NotFoundError, UnavailableError
from filiera.ports.ledger import ChainIdentity
from filiera.ports.store import Mention, RecordStore
from tests.adapters.store.backends import (
    CHAIN,
    CLOTH,
    MANIFEST,
    OPERATOR,
    YARN,
    Backend,
    digest,
    document,
    error_of,
    fill,
    receipt,
    record,
)

# Binding


def test_an_empty_database_is_tied_to_the_first_chain_and_knows_it_again(backend: Backend) -> None:
    backend.open().bind(CHAIN)
    backend.open().bind(CHAIN)
    reordered = replace(CHAIN, contracts=CHAIN.contracts[::-1], operator="0x" + "0c" * 20)
    backend.open().bind(reordered)


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (replace(CHAIN, chain_id=1), "chain id"),
        (replace(CHAIN, genesis_hash=b"\x01" * 32), "genesis hash"),
        (replace(CHAIN, contracts=CHAIN.contracts[:1]), "contract StatusRegistry"),
        (replace(CHAIN, contracts=(*CHAIN.contracts, ("New", "0x"))), "contract New"),
    ],
)
def test_a_database_of_another_chain_is_refused_with_what_differs_and_what_to_do(
    store: RecordStore, other: ChainIdentity, named: str
) -> None:
    error = error_of(lambda: store.bind(other))
    assert isinstance(error, ConflictError)
    assert error.code == "chain-mismatch"
    assert named in error.message
    assert "choose another database" in (error.hint or "")
    store.bind(CHAIN)


def test_binding_that_fails_midway_leaves_an_empty_database(backend: Backend) -> None:
    store = backend.open()
    statement = 0
    while True:
        statement += 1
        try:
            with backend.failing(store, statement):
                store.bind(CHAIN)
            break
        except UnavailableError:
            other = replace(CHAIN, chain_id=statement)
            with pytest.raises(UnavailableError), backend.failing(store, statement):
                store.bind(other)
    assert statement > 3
    store.bind(CHAIN)


# Records


def test_a_record_is_found_by_its_id_as_it_was_stored(store: RecordStore) -> None:
    new = record("spin", YARN, own=YARN)
    [first] = store.add([new], received=1_700_000_001)
    assert first == store.get(new.id)
    assert (first.jws, first.type, first.address) == (new.jws, new.type, new.address)
    assert (first.participant, first.own, first.received) == (new.participant, YARN, 1_700_000_001)
    assert (first.batch, first.index) == (None, None)


def test_an_unknown_id_is_none_and_not_an_error(store: RecordStore) -> None:
    assert store.get(digest("nobody")) is None
    assert store.document(digest("nothing")) is None
    assert store.documents_of(digest("nobody")) == []
    assert store.batch(1) is None
    assert store.about([]) == store.about([YARN]) == store.own_records(YARN) == []
    assert store.mentions([]) == store.mentions([YARN]) == []


def test_the_same_record_again_gets_the_first_answer(store: RecordStore) -> None:
    [first] = store.add([record("spin", YARN)], received=100)
    assert store.add([record("spin", YARN)], received=200) == [first]
    assert len(store.pending(10)) == 1


def test_records_stored_together_arrive_in_the_order_given_each_once(store: RecordStore) -> None:
    store.add([record("b", YARN)], received=1)
    names = [f"{n}" for n in range(700, 0, -1)]
    given = [record(name, YARN) for name in ("z", "b", *names, "z")]
    answers = store.add(given, received=2)
    assert [answer.id for answer in answers] == [each.id for each in given]
    assert answers[1].received == 1
    assert answers[0] == answers[-1]
    arrived = [each.id for each in store.pending(1000)]
    assert arrived == [digest(name) for name in ("b", "z", *names)]
    assert store.add([], received=3) == []


def test_one_record_given_twice_gets_the_documents_of_both(store: RecordStore) -> None:
    x, y = document("x"), document("y")
    store.add([record("spin", YARN, documents=(each,)) for each in (x, y)], received=1)
    assert store.documents_of(digest("spin")) == [x, y]


def test_of_many_ids_those_that_are_stored_are_found(store: RecordStore) -> None:
    stored = store.add([record(str(n), YARN) for n in range(600)], received=1)
    wanted = [digest(str(n)) for n in range(1200)]
    assert store.get_all(wanted) == {each.id: each for each in stored}
    assert store.get_all([]) == {}


def test_records_about_products_come_in_the_order_of_arrival_each_once(store: RecordStore) -> None:
    names = ["weave", "spin", "dye", "finish"]
    for at, name in enumerate(names):
        store.add([record(name, *([CLOTH, YARN] if at % 2 else [YARN]))], received=5)
    assert [found.jws.decode() for found in store.about([CLOTH, YARN])] == names
    assert [found.jws.decode() for found in store.about([CLOTH])] == ["spin", "finish"]
    assert [found.id for found in store.mentions([CLOTH, YARN])] == [digest(n) for n in names]
    assert store.mentions([CLOTH]) == [
        Mention(found.id, found.participant) for found in store.about([CLOTH])
    ]


def test_more_products_than_one_question_holds_are_all_asked_for(store: RecordStore) -> None:
    products = [f"https://id.gs1.org/01/09520000000011/21/{n}" for n in range(1_234)]
    for n in (1_233, 0, 600):
        store.add([record(str(n), products[n])], received=5)
    assert [found.jws for found in store.about(products)] == [b"1233", b"0", b"600"]
    assert [each.id for each in store.mentions(products)] == [
        found.id for found in store.about(products)
    ]


def test_a_product_named_twice_by_one_record_is_indexed_once(store: RecordStore) -> None:
    store.add([record("dye", YARN, YARN)], received=5)
    assert len(store.about([YARN])) == 1


def test_own_records_and_their_products_keep_the_order_of_arrival(store: RecordStore) -> None:
    store.add([record("cloth", CLOTH, own=CLOTH)], received=9)
    store.add([record("yarn", YARN, own=YARN)], received=9)
    store.add([record("cloth again", CLOTH, own=CLOTH)], received=9)
    store.add([record("step", CLOTH)], received=9)
    assert store.products() == [CLOTH, YARN]
    assert [own.jws for own in store.own_records(CLOTH)] == [b"cloth", b"cloth again"]


def test_records_of_one_type_come_in_the_order_of_arrival(store: RecordStore) -> None:
    identity = "DigitalIdentityAnchor"
    store.add([record("spinner", type=identity)], received=9)
    store.add([record("spin", YARN)], received=9)
    store.add([record("brand", type=identity)], received=9)
    assert [each.jws for each in store.of_type(identity)] == [b"spinner", b"brand"]


# Documents


def test_documents_come_back_with_their_record_in_the_order_they_were_named(
    store: RecordStore,
) -> None:
    papers = (document("b"), document("a"))
    new = record("spin", YARN, documents=papers)
    store.add([new], received=1)
    assert store.documents_of(new.id) == list(papers)
    assert store.document(papers[0].sha256) == papers[0]
    wanted = [papers[1].sha256, digest("nothing"), papers[0].sha256]
    assert store.get_documents(wanted) == {each.sha256: each for each in papers}


def test_a_record_sent_again_with_a_missing_document_gains_it(store: RecordStore) -> None:
    new = record("spin", YARN, documents=(document("a"),))
    store.add([new], received=1)
    store.add([replace(new, documents=(document("a"), document("b")))], received=2)
    store.add([replace(new, documents=())], received=3)
    assert store.documents_of(new.id) == [document("a"), document("b")]


def test_one_file_keeps_for_each_record_the_media_type_that_came_with_it(
    store: RecordStore,
) -> None:
    hostile, honest = document("a", "text/html"), document("a", "application/pdf")
    store.add([record("first", YARN, documents=(hostile,))], received=1)
    store.add([record("second", YARN, documents=(honest,))], received=2)
    assert store.documents_of(digest("second")) == [honest]
    assert store.document(honest.sha256) == hostile


# Batches


def test_pending_gives_the_oldest_records_without_a_batch(store: RecordStore) -> None:
    ids = fill(store, "a", "b", "c", "d")
    store.prepare_batch(OPERATOR, digest("root"), MANIFEST, [ids[1]])
    assert [waiting.id for waiting in store.pending(2)] == [ids[0], ids[2]]
    assert [waiting.id for waiting in store.pending(10)] == [ids[0], ids[2], ids[3]]
    assert store.pending(0) == []


def test_a_batch_keeps_its_leaves_in_the_order_given(store: RecordStore) -> None:
    ids = fill(store, "a", "b", "c")
    leaves = (ids[2], ids[0], ids[1])
    prepared = store.prepare_batch(OPERATOR, digest("root"), MANIFEST, leaves)
    assert prepared == store.batch(prepared.number)
    assert prepared.records == leaves
    assert prepared.receipt is None
    placed = store.get(ids[0])
    assert placed is not None
    assert (placed.batch, placed.index) == (prepared.number, 1)


def test_a_record_is_in_one_batch_only_and_the_refused_batch_leaves_nothing(
    store: RecordStore,
) -> None:
    ids = fill(store, "a", "b")
    store.prepare_batch(OPERATOR, digest("root"), MANIFEST, ids[:1])
    error = error_of(lambda: store.prepare_batch(OPERATOR, digest("two"), MANIFEST, ids[::-1]))
    assert isinstance(error, ConflictError)
    assert error.code == "batch-conflict"
    assert [waiting.id for waiting in store.pending(10)] == ids[1:]
    assert len(store.batches()) == 1


def test_the_same_batch_prepared_twice_is_a_conflict(store: RecordStore) -> None:
    ids = fill(store, "a")
    store.prepare_batch(OPERATOR, digest("root"), MANIFEST, ids)
    error = error_of(lambda: store.prepare_batch(OPERATOR, digest("root"), MANIFEST, ids))
    assert error.code == "batch-conflict"


def test_a_batch_of_unknown_repeated_or_no_records_is_refused(store: RecordStore) -> None:
    ids = fill(store, "a")
    missing = error_of(
        lambda: store.prepare_batch(OPERATOR, digest("r"), MANIFEST, [*ids, digest("nobody")])
    )
    assert isinstance(missing, NotFoundError)
    assert missing.code == "record-not-found"
    for leaves in ([], ids * 2):
        with pytest.raises(ValueError, match="batch"):
            store.prepare_batch(OPERATOR, digest("r"), MANIFEST, leaves)
    assert store.batches() == []
    assert len(store.pending(10)) == 1


def test_a_confirmed_batch_is_no_longer_open_and_the_same_receipt_changes_nothing(
    store: RecordStore,
) -> None:
    ids = fill(store, "a", "b", "c")
    one = store.prepare_batch(OPERATOR, digest("one"), MANIFEST, ids[:2])
    two = store.prepare_batch(OPERATOR, digest("two"), MANIFEST, ids[2:])
    assert store.open_batches() == [one, two]
    word = receipt(one.root, 2)
    done = store.confirm_batch(one.number, word)
    assert done == replace(one, receipt=word)
    assert store.confirm_batch(one.number, word) == done
    assert store.open_batches() == [two]
    assert store.batches() == [done, two]


def test_a_receipt_of_another_batch_or_a_second_one_is_refused(store: RecordStore) -> None:
    ids = fill(store, "a")
    batch = store.prepare_batch(OPERATOR, digest("one"), MANIFEST, ids)
    for wrong in (receipt(digest("two"), 1), receipt(batch.root, 2)):
        assert error_of(lambda w=wrong: store.confirm_batch(batch.number, w)).code == (  # type: ignore[misc]
            "receipt-conflict"
        )
    store.confirm_batch(batch.number, receipt(batch.root, 1))
    second = receipt(batch.root, 1, sequence=2)
    assert error_of(lambda: store.confirm_batch(batch.number, second)).code == "receipt-conflict"
    assert error_of(lambda: store.confirm_batch(99, second)).code == "batch-not-found"


def test_what_one_store_wrote_another_on_the_same_database_reads(backend: Backend) -> None:
    first = backend.open()
    first.bind(CHAIN)
    first.add([record("spin", YARN)], received=1)
    second = backend.open()
    second.bind(CHAIN)
    assert [found.jws for found in second.about([YARN])] == [b"spin"]
