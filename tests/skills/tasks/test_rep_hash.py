"""A task said twice is one entry, two tasks are two, and no bucket is read in vain."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.domain.cadence import Cadence, Kind
from switchboard.skills.tasks.domain.similarity import SHAPE, bands, digest, features, name_words, similarity
from switchboard.skills.tasks.domain.task import Plan
from switchboard.skills.tasks.store.lookup import find
from switchboard.skills.tasks.store.repository import create
from switchboard.skills.tasks.store.unit_of_work import Work

from bench.reps import TODAY, corpus, misspellings, plan_from, recognized, scored
from tests.fakes.records import FakeRecords

NAMES = st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), max_size=5)
GOLDEN = {
    "read 20 pages of Dune every day": "trp1_oqldqyepjyojs2v3qxipr6zwwu",
    "finish the tax return by April 12, about six sessions": "trp1_z6uthvdo2yl2y4iutf3wehvdm4",
    "30 pushups mon wed fri": "trp1_egbuh4hvculnhj6jnjy4ol3igq",
}
DUNE = Plan("read Dune", "read", "Dune", "page", Decimal(20), Cadence(Kind.DAYS, days=frozenset(range(7))))


@pytest.mark.parametrize(("sentence", "known"), GOLDEN.items())
def test_digests_are_what_they_always_were(sentence: str, known: str) -> None:
    assert digest(plan_from(sentence)) == known


def test_buckets_are_what_they_always_were() -> None:
    assert bands(("read", "dune"))[:2] == ("00#0c8082cf51", "01#7295c6c77d")


def in_another_process(seed: str) -> str:
    code = (
        "from bench.reps import plan_from; "
        "from switchboard.skills.tasks.domain.similarity import bands, digest; "
        f"print([digest(plan_from(each)) for each in {list(GOLDEN)!r}], bands(('read', 'dune')))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout


def test_digest_and_buckets_are_the_same_in_every_process() -> None:
    one, other = in_another_process("0"), in_another_process("4711")
    assert one == other
    assert all(known in one for known in GOLDEN.values())


@pytest.mark.parametrize(
    "other",
    [
        replace(DUNE, object="Dune Messiah"),
        replace(DUNE, activity="translate"),
        replace(DUNE, amount=Decimal(25)),
        replace(DUNE, unit="minute"),
        replace(DUNE, cadence=Cadence(Kind.WEEKLY, times=7)),
        replace(DUNE, cadence=replace(DUNE.cadence, part="morning")),
    ],
)
def test_every_metric_makes_another_task(other: Plan) -> None:
    assert digest(other) != digest(DUNE)


@pytest.mark.parametrize(
    "other",
    [
        replace(DUNE, title="The Book"),
        replace(DUNE, activity="Reading", object="the DUNE"),
        replace(DUNE, amount=Decimal("20.00")),
        replace(DUNE, due=date(2027, 4, 12), total=Decimal(412), effort=30),
    ],
)
def test_what_is_no_metric_makes_no_other_task(other: Plan) -> None:
    assert digest(other) == digest(DUNE)


def test_an_hour_is_sixty_minutes() -> None:
    hour, minutes = (replace(DUNE, unit=unit, amount=Decimal(n)) for unit, n in (("hour", 1), ("minute", 60)))
    assert digest(hour) == digest(minutes)


@given(NAMES, NAMES)
def test_similarity_is_a_share_that_is_the_same_both_ways(one: list[str], other: list[str]) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) == (1 if features(one) else 0)


@given(NAMES)
def test_the_same_words_are_in_the_same_buckets_in_any_order(name: list[str]) -> None:
    assert bands(name) == bands(list(reversed(name)))
    assert len(bands(name)) == (SHAPE.bands if name else 0)


@pytest.mark.parametrize(("name", "one_entry"), [("tuned", 0.98), ("held_out", 0.9)])
def test_paraphrases_are_recognized_and_strangers_never_merged(name: str, one_entry: float) -> None:
    found = scored(name)
    assert found.false_merges == 0
    assert found.lost == 0
    assert found.exact / found.pairs >= one_entry
    assert found.found_misspelled / found.misspelled >= 0.9


@pytest.fixture(scope="module")
def shelf() -> Work:
    """Everything in the corpus as the tasks of one person."""
    records = FakeRecords()
    for group in (*corpus("tuned"), *corpus("held_out")):
        work = Work(records, "PERSON#ada")
        create(work, plan_from(group[0]), TODAY)
        work.commit(group[0], "added")
    return Work(records, "PERSON#ada")


def test_no_name_leads_to_the_task_of_another(shelf: Work) -> None:
    sure = 0
    for group in (*corpus("tuned"), *corpus("held_out")):
        name = name_words(plan_from(group[0]))
        found = find(shelf, " ".join(name))
        sure += found.sure
        assert not found.sure or [name_words(task.plan) for task in found.tasks] == [name]
        assert any(set(name_words(task.plan)) == set(name) for task in found.tasks)
    assert sure > 80


def test_a_misspelled_name_is_never_taken_without_a_question(shelf: Work) -> None:
    for group in (*corpus("tuned"), *corpus("held_out")):
        for typed, plan in misspellings([plan_from(group[0])]):
            try:
                found = find(shelf, " ".join(typed))
            except UserFacing:
                continue
            assert not found.sure or name_words(found.tasks[0].plan) == name_words(plan)


def test_the_corpus_is_large_and_no_sentence_is_in_it_twice() -> None:
    groups = [group for name in ("tuned", "held_out") for group in corpus(name)]
    sentences = [sentence for group in groups for sentence in group]
    assert len(groups) >= 150
    assert all(len(group) >= 2 for group in groups)
    assert len(set(sentences)) == len(sentences)


def test_the_evaluation_prints_a_row_for_each_part() -> None:
    printed = list(recognized())
    assert len(printed) == 3
    assert all("0 false merges" in row for row in printed[1:])
