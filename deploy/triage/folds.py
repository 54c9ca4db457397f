"""Cross-validation: every letter is judged by weights that learned nothing of its problem."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence

from deploy.triage.letters import Letter
from deploy.triage.parameters import Parameters
from deploy.triage.training import train
from deploy.triage.vocabulary import Read
from services.routing.triage.proposal import Proposal
from services.routing.triage.propose import propose
from shared.rulebook import Rulebook


def folds_of(letters: Sequence[Letter], parameters: Parameters) -> list[list[int]]:
    """Places of the letters, in folds of like size; a cluster lies in one of them."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, letter in enumerate(letters):
        groups[letter.group].append(place)
    names = sorted(groups)
    random.Random(parameters.seed).shuffle(names)
    folds: list[list[int]] = [[] for _ in range(min(parameters.folds, len(names)))]
    for name in names:
        min(folds, key=len).extend(groups[name])
    return folds


def cross_validated(
    rulebook: Rulebook,
    reads: Sequence[Read],
    parameters: Parameters,
    progress: Callable[[], None] = lambda: None,
) -> list[Proposal]:
    """A proposal per letter, in their order. The rules are the same in every fold."""
    proposals: dict[int, Proposal] = {}
    for held_out in folds_of([each.letter for each in reads], parameters):
        hidden = frozenset(held_out)
        others = [each for place, each in enumerate(reads) if place not in hidden]
        taught = rulebook.with_weights(train(rulebook, others, parameters, "fold"))
        for place in held_out:
            letter = reads[place].letter
            proposals[place] = propose(taught, letter.title, letter.text)
        progress()
    return [proposals[place] for place in range(len(reads))]
