"""Whatever an estate or a category is called, WeChat takes every card (facts 2.12)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.notify.channels.templates import LINES, TemplateBook
from services.notify.messages.domain.catalogue import CATALOGUE, Notice, notices_on
from services.notify.messages.domain.facts import facts_at
from services.notify.messages.domain.wording import word
from shared.contracts.routing import CaseSuspended, SuspensionDenied, SuspensionRequested
from shared.wechat.fields import fits, length
from tests.notify.test_rules import BOOK, SAMPLES
from tests.stage import START

NAMES = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("演示桂花园·（）㐀𠀀👍🏠\n\t"),
    max_size=120,
)
MOST = {"thing": 20, "phrase": 5, "character_string": 32}


@given(st.sampled_from(CATALOGUE), NAMES, NAMES)
def test_no_rendered_field_breaks_a_rule(notice: Notice, category: str, estate: str) -> None:
    """N01 to N18: thing ≤ 20, phrase ≤ 5 Chinese characters, character_string printable ASCII."""
    book = TemplateBook.embedded()
    facts = dict(facts_at(SAMPLES[notice.event], BOOK, START))
    facts |= {"category": category, "estate": estate, "place": estate, "company_name": category}
    wording = word(notice, facts, START)
    shown = book.templates[notice.template].data(wording.card)
    assert set(shown) == set(LINES.values())
    for field, content in shown.items():
        assert fits(field, content["value"]), field
        kind = field.rstrip("0123456789")
        assert length(content["value"]) <= MOST.get(kind, 64)
    assert shown["phrase3"]["value"] == notice.phrase
    assert shown["thing5"]["value"] == notice.title


def test_the_longest_names_of_the_rulebook_are_cut_not_refused() -> None:
    """Facts 2.12: `thing` holds twenty characters."""
    longest = max((row.chinese for row in BOOK.categories.values()), key=len)
    template = TemplateBook.embedded()
    for notice in CATALOGUE:
        facts = {**facts_at(SAMPLES[notice.event], BOOK, START), "category": longest * 3}
        shown = template.templates[notice.template].data(word(notice, facts, START).card)
        assert shown["thing2"]["value"].endswith("…")
        assert length(shown["thing2"]["value"]) <= BOOK.notices.wechat.thing_characters


def test_only_the_owner_is_called_you_when_a_pause_waits_for_the_owner() -> None:
    """T27: N12 says it to the owner, N04 and N14 to whoever works on the case."""
    for event in (SuspensionRequested, CaseSuspended, SuspensionDenied):
        sample = SAMPLES[event].model_copy(update={"reason": "WAIT_OWNER"})
        for notice in notices_on(event):
            body = word(notice, facts_at(sample, BOOK, START), START).body
            assert ("等待您补充材料" in body) == (notice.code == "N12"), notice.code
            assert ("等待诉求人补充材料" in body) == (notice.code != "N12"), notice.code
