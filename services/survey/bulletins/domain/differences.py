"""What reads otherwise than in the edition before: figures and scores, place by place, and which
sections have other words, tables or charts.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.survey.bulletins.domain.content import (
    Assessed,
    BulletinContent,
    Difference,
    Figure,
    Section,
)
from services.survey.bulletins.domain.wording import NO_FIGURE, in_full, to_the_fen
from services.survey.evaluations.domain.editions import NothingToCorrect

UNLISTED = "未列入"
REWORDED = "SECTION"
FORMER_WORDS, NEW_WORDS = "见上一版", "文字或图表有调整"
SCORES = {
    "owners": "业主评价",
    "community": "社区评价",
    "third_party": "第三方评价",
    "composite": "综合得分",
    "band_name": "等次",
    "remark": "备注",
}


def differences(former: BulletinContent, new: BulletinContent) -> tuple[Difference, ...]:
    """In the order of the new edition; what is no longer in it comes last."""
    return (*_of_figures(former, new), *_of_assessed(former, new), *_of_sections(former, new))


def refuse_idle(content: BulletinContent) -> None:
    """What corrects another edition says what it corrects. Raises NothingToCorrect."""
    if content.corrects is not None and not content.corrects.differences:
        raise NothingToCorrect


def _of_figures(former: BulletinContent, new: BulletinContent) -> Iterator[Difference]:
    old = {(each.code, each.place): each for each in former.figures}
    for each in new.figures:
        before = old.pop((each.code, each.place), None)
        if _says(before) != _says(each):
            yield _figure(each, *_told_apart(before, each))
    for each in old.values():
        yield _figure(each, in_full(each), UNLISTED)


def _says(figure: Figure | None) -> tuple[object, ...]:
    return (figure.numerator, figure.denominator, figure.hidden) if figure else ()


def _told_apart(before: Figure | None, after: Figure) -> tuple[str, str]:
    """Amounts that are the same in 万元 are told to the fen."""
    if before is None:
        return UNLISTED, in_full(after)
    was, becomes = in_full(before), in_full(after)
    return (was, becomes) if was != becomes else (to_the_fen(before), to_the_fen(after))


def _figure(figure: Figure, before: str, after: str) -> Difference:
    return Difference(
        code=figure.code,
        chinese=figure.chinese,
        place=figure.place,
        place_name=figure.place_name,
        before=before,
        after=after,
    )


def _of_sections(former: BulletinContent, new: BulletinContent) -> Iterator[Difference]:
    old = {each.heading: each for each in former.sections}
    for each in new.sections:
        before = old.pop(each.heading, None)
        if before != each:
            yield _section(new, each, FORMER_WORDS if before else UNLISTED, NEW_WORDS)
    for each in old.values():
        yield _section(new, each, FORMER_WORDS, UNLISTED)


def _section(content: BulletinContent, section: Section, before: str, after: str) -> Difference:
    return Difference(
        code=REWORDED,
        chinese=section.heading,
        place=content.division,
        place_name=content.division_name,
        before=before,
        after=after,
    )


def _of_assessed(former: BulletinContent, new: BulletinContent) -> Iterator[Difference]:
    old = {(each.estate_id, each.company_id): each for each in former.assessed}
    for each in new.assessed:
        yield from _assessed(old.pop((each.estate_id, each.company_id), None), each, each)
    for each in old.values():
        yield from _assessed(each, None, each)


def _assessed(
    before: Assessed | None, after: Assessed | None, named: Assessed
) -> Iterator[Difference]:
    for attribute, chinese in SCORES.items():
        was, becomes = _score(before, attribute), _score(after, attribute)
        if was != becomes:
            yield Difference(
                code=attribute.upper(),
                chinese=chinese,
                place=named.estate_id,
                place_name=f"{named.estate_name}（{named.company_name}）",
                before=was,
                after=becomes,
            )


def _score(assessed: Assessed | None, attribute: str) -> str:
    if assessed is None:
        return UNLISTED
    value = getattr(assessed, attribute)
    return NO_FIGURE if value is None else str(value)
