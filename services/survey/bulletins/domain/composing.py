"""《物业治理信息通报》: from what was gathered to the content, without a look at anything else."""

from __future__ import annotations

from collections.abc import Sequence

from services.survey.bulletins.domain import overview, problems, rankings
from services.survey.bulletins.domain.content import BulletinContent, Section
from services.survey.bulletins.domain.edition import Edition, Place, headed, region_of
from services.survey.bulletins.domain.figures import figures_of, of_place
from services.survey.bulletins.domain.gathered import Gathered
from shared.divisions import CITY_DIGITS
from shared.rulebook import Rulebook

NOTE = (
    "本期指标由六端互通平台依据业务记录统计，分母为零的指标以“—”表示；"
    "数量较少或可据以推算较少数量的数据，为保护个人信息不予公布；"
    "同期已发布的群众满意度其后仅有少量变动的，沿用已发布的数据。"
)


def compose_bulletin(edition: Edition, gathered: Gathered, book: Rulebook) -> BulletinContent:
    """D10, D11, D12: the same things gathered give the same content."""
    frame = headed(edition, gathered)
    region = region_of(gathered)
    figures = figures_of(gathered, book)
    whole = of_place(figures, gathered.whole.code)
    lines = overview.compared(whole, gathered, book)
    levels = [rankings.STREETS]
    if len(gathered.whole.code) == CITY_DIGITS:
        levels.insert(0, rankings.COUNTIES)
    found = {level: rankings.rankings(figures, level, book) for level in levels}
    upper, *lower = levels
    course = overview.course(whole, gathered, book)
    rules = book.bulletins
    sections = (
        _overview(edition, gathered, lines, book),
        Section(
            heading="核心指标",
            paragraphs=overview.sentences(lines),
            tables=(overview.table(lines, region, frame.period_name),),
            charts=(course,) if course else (),
        ),
        rankings.section(found[upper], upper, rules),
        *(rankings.section(found[each], each, rules, upto=rules.streets_listed) for each in lower),
        *_closing(edition, lines, found[upper], upper),
    )
    summary = (f"现将{frame.period_name}{region}物业治理工作有关情况通报如下。", NOTE)
    return frame.model_copy(update={"summary": summary, "sections": sections, "figures": figures})


def _overview(
    edition: Edition, gathered: Gathered, lines: Sequence[overview.Compared], book: Rulebook
) -> Section:
    is_city = len(gathered.whole.code) == CITY_DIGITS
    mixed = overview.mixture(gathered.mix, lines, book, city=is_city)
    return Section(
        heading="总体情况",
        paragraphs=(
            overview.accepted(lines, region_of(gathered), edition.period.chinese),
            overview.balance(lines),
            *((mixed,) if mixed else ()),
            *edition.paragraphs(Place.OVERVIEW),
        ),
    )


def _closing(
    edition: Edition,
    lines: Sequence[overview.Compared],
    found: Sequence[rankings.Ranking],
    level: rankings.Level,
) -> tuple[Section, Section]:
    told = problems.problems(lines, found, level)
    usual = problems.requirements(lines, found)
    return (
        Section(heading="存在问题", paragraphs=(*told, *edition.paragraphs(Place.PROBLEMS))),
        Section(
            heading="下一步工作要求", paragraphs=edition.paragraphs(Place.REQUIREMENTS) or usual
        ),
    )
