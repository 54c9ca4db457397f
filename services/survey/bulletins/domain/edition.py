"""What an edition is, whatever its figures are: number, place, publisher, what officers wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from services.survey.bulletins.domain.content import BulletinContent, Correction, Kind
from services.survey.bulletins.domain.gathered import Gathered
from services.survey.bulletins.domain.periods import issue_of
from services.survey.indicators.domain.spans import Period
from shared.divisions import CITY_DIGITS
from shared.errors import Invalid
from shared.privacy.masking import mask_text
from shared.rulebook.sections.bulletins import Bulletins

SUBJECTS: Mapping[Kind, str] = {
    Kind.BULLETIN: "物业治理信息通报",
    Kind.QUALITY_REPORT: "物业服务质量评价报告",
}


class Place(StrEnum):
    """The sections that the drafting officer adds paragraphs to."""

    OVERVIEW = "OVERVIEW"  # 总体情况、评价概况
    PROBLEMS = "PROBLEMS"  # 存在问题
    REQUIREMENTS = "REQUIREMENTS"  # 下一步工作要求: in place of the usual ones


class TooManyNotes(Invalid):
    """There are too many paragraphs, or one of them is too long."""

    code = "TOO_MANY_NOTES"
    chinese = "补充段落过多，或单段文字过长。"


class PersonalDataInNote(Invalid):
    """A bulletin is public: no telephone, identity, card or plate numbers, no mail addresses."""

    code = "PERSONAL_DATA_IN_NOTE"
    chinese = "通报面向社会公开，段落中不得出现电话、身份证号、银行卡号、车牌号或邮箱。"


Notes = Mapping[Place, Sequence[str]]


@dataclass(frozen=True)
class Edition:
    """`notes` are the officer's paragraphs; `corrects` is there from the second edition on."""

    kind: Kind
    period: Period
    number: int = 1
    corrects: Correction | None = None
    notes: Notes = field(default_factory=dict)

    def paragraphs(self, place: Place) -> tuple[str, ...]:
        return tuple(self.notes.get(place, ()))


def refuse_unfit(notes: Notes, rules: Bulletins) -> None:
    """Raises TooManyNotes or PersonalDataInNote."""
    every = [text for texts in notes.values() for text in texts]
    longest = max(map(len, every), default=0)
    if len(every) > rules.notes_at_most or longest > rules.note_characters:
        raise TooManyNotes(notes_at_most=rules.notes_at_most, characters=rules.note_characters)
    for text in every:
        refuse_personal(text)


def refuse_personal(text: str) -> None:
    """Raises PersonalDataInNote."""
    if "*" in mask_text(text.replace("*", "")):
        raise PersonalDataInNote


def region_of(gathered: Gathered) -> str:
    """全市 for the city; 咸安区 and the like are said by name."""
    whole = gathered.whole
    return "全市" if len(whole.code) == CITY_DIGITS else whole.name


def headed(edition: Edition, gathered: Gathered) -> BulletinContent:
    """The frame without sections."""
    whole = gathered.whole
    return BulletinContent(
        kind=edition.kind,
        title=f"{region_of(gathered)}{SUBJECTS[edition.kind]}",
        issue=issue_of(edition.period),
        period=edition.period.name,
        period_name=edition.period.chinese,
        division=whole.code,
        division_name=whole.name,
        publisher=f"{whole.name}综治中心",
        edition=edition.number,
        corrects=edition.corrects,
        computed_at=gathered.computed_at,
        summary=(),
        sections=(),
    )
