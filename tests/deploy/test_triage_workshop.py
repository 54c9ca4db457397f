"""T09: teaching, measuring and trying, on invented letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deploy.triage.folds import cross_validated, folds_of
from deploy.triage.letters import Letter, NotALetter, TooFewLetters, read_labelled, read_words
from deploy.triage.measuring import quality
from deploy.triage.parameters import Parameters
from deploy.triage.training import train
from deploy.triage.trying import compare
from deploy.triage.vocabulary import Read, read
from deploy.triage.weights_file import as_text, write_weights
from services.routing.triage.propose import propose
from shared.rulebook import Grade, Rulebook
from shared.rulebook.weights import load_weights, unlearned
from tests.deploy.letters import invented, written
from tests.rulebook import COMMITTED

FEW = Parameters(least_titles=2, least_texts=2, folds=4)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(COMMITTED)


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    return [Letter.model_validate(each) for each in invented()]


@pytest.fixture(scope="module")
def reads(rulebook: Rulebook, letters: list[Letter]) -> list[Read]:
    return read(rulebook, letters, FEW.longest)


def test_the_same_letters_teach_the_same_weights(rulebook: Rulebook, reads: list[Read]) -> None:
    once, again = (train(rulebook, reads, FEW, "t") for _ in range(2))
    assert as_text(once) == as_text(again)
    assert once.title
    assert once.text


def test_weights_come_back_from_their_file(
    rulebook: Rulebook, reads: list[Read], tmp_path: Path
) -> None:
    weights = train(rulebook, reads, FEW, "t")
    write_weights(weights, tmp_path / "weights" / "t.json")
    assert load_weights(tmp_path / "weights" / "t.json") == weights


def test_a_sign_of_one_cluster_alone_is_not_learned(rulebook: Rulebook) -> None:
    """Letters about one problem count once: a name in all of them leads to nobody."""
    named = [
        {**each, "text": f"{each['text']}欧阳"} if each["cluster"] == "OL01-twins" else each
        for each in invented()
    ]
    letters = [Letter.model_validate(each) for each in named]
    weights = train(rulebook, read(rulebook, letters, 2), FEW, "t")
    assert not {"欧阳", "欧", "阳"} & set(weights.text)
    assert "油烟" in weights.text


@pytest.mark.parametrize("kinds", [2, 4])
def test_what_was_taught_is_proposed(rulebook: Rulebook, letters: list[Letter], kinds: int) -> None:
    known = sorted({each.category for each in letters})[:kinds]
    some = [each for each in letters if each.category in known]
    taught = rulebook.with_weights(train(rulebook, read(rulebook, some, 2), FEW, "t"))
    for each in some:
        proposal = propose(taught, each.title, each.text)
        assert (proposal.category, proposal.grade) == (each.category, each.grade)


def test_one_category_teaches_nothing(rulebook: Rulebook, reads: list[Read]) -> None:
    with pytest.raises(TooFewLetters):
        train(rulebook, [each for each in reads if each.letter.category == "OL01"], FEW, "t")


def test_folds_hold_every_letter_once_and_keep_clusters_together(letters: list[Letter]) -> None:
    folds = folds_of(letters, FEW)
    assert sorted(place for fold in folds for place in fold) == list(range(len(letters)))
    homes = {(letters[place].group, number) for number, fold in enumerate(folds) for place in fold}
    assert len({group for group, _ in homes}) == len(homes)
    assert folds == folds_of(letters, FEW)
    assert folds != folds_of(letters, replace(FEW, seed=1))


def test_cross_validation_judges_each_letter(
    rulebook: Rulebook, reads: list[Read], letters: list[Letter]
) -> None:
    seen: list[int] = []
    proposals = cross_validated(rulebook, reads, FEW, lambda: seen.append(1))
    assert (len(proposals), len(seen)) == (len(letters), FEW.folds)
    assert quality(list(zip(letters, proposals, strict=True))).top1 == 1


def test_quality_counts_what_was_right_said_and_labelled(rulebook: Rulebook) -> None:
    """A listed `also` counts as right; a refused police matter has no grade."""
    noise = Letter(id="1", title="楼下油烟", text="油烟很重。", category="SV01", also=("OL01",),
                   grade=Grade.MEDIUM)  # fmt: skip
    fight = Letter(id="2", title="有人打架斗殴", text="正在打架。", category="XX01", police=True,
                   grade=Grade.MAJOR)  # fmt: skip
    missed = Letter(id="3", title="你好", text="请问。", category="PK01", police=True,
                    emergency=True, grade=Grade.SMALL)  # fmt: skip
    judged = [(each, propose(rulebook, each.title, each.text)) for each in (noise, fight, missed)]
    measured = quality(judged)
    assert measured.figures() == {
        "top1": 0.6667,
        "top3": 0.6667,
        "grade": 0.6667,
        "police_recall": 0.5,
        "police_precision": 1.0,
        "emergency_recall": 0.0,
        "emergency_precision": 1.0,
    }
    assert measured.confusion == {("PK01", "OT01"): 1}
    assert measured.grades["MAJOR", "—"] == 1


def test_a_change_is_counted_before_it_takes_effect(rulebook: Rulebook, tmp_path: Path) -> None:
    """B13: what would change category, grade and handler, with ids to look at."""
    complaints = read_words(written(tmp_path / "letters.jsonl"))
    assert not any(
        each.changed for each in compare(rulebook, rulebook, complaints).aspects.values()
    )
    harmless = [
        rule.model_copy(update={"weight": -9.0}) for rule in rulebook.triage.categories["PT01"]
    ]
    rules = {**rulebook.triage.categories, "PT01": tuple(harmless)}
    triage = rulebook.triage.model_copy(update={"categories": rules})
    other = rulebook.model_copy(update={"triage": triage})
    other = other.with_weights(unlearned(tuple(rulebook.categories)))
    outcome = compare(rulebook, other, complaints)
    category = outcome.aspects["category"]
    assert outcome.complaints == len(complaints)
    assert category.changed == 5
    assert {old for old, _ in category.changes} == {"PT01"}
    assert all(id_.startswith("PT01-") for ids in category.examples.values() for id_ in ids)
    assert max(map(len, category.examples.values())) <= 3


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "1", "title": "a", "text": "b", "grade": "SMALL"}', "category"),
        ('{"id": "1", "title": "a", "text": "b", "category": "OT01", "grade": "BIG"}', "grade"),
        ("not json", "letters.jsonl:2"),
    ],
)
def test_a_line_that_is_no_letter_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "letters.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(NotALetter, match=r"letters\.jsonl:2") as caught:
        read_labelled([path])
    assert says in str(caught.value)


def test_a_letter_without_an_id_is_known_by_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "letters.jsonl", [{"title": "a", "text": "b"}])
    assert [each.id for each in read_words(path)] == ["1"]
