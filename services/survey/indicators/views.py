"""From figures as counted to figures as shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.survey.copies.tables import EstateCopy
from services.survey.deed import Deed
from services.survey.indicators.domain.asking import Asked
from services.survey.indicators.domain.disclosure import Discretion
from services.survey.indicators.domain.formulas import FORMULAS, Code
from services.survey.indicators.domain.places import DIGITS, Level, Place
from services.survey.indicators.domain.policies import Reading
from services.survey.indicators.domain.shares import NOTHING, Share
from services.survey.indicators.listing import Member, names_of, newest_survey
from services.survey.indicators.queries import figures_of
from services.survey.indicators.schemas import (
    EstateFiguresOut,
    FigureOut,
    IndicatorsOut,
    MemberOut,
    PlaceFiguresOut,
    PlaceOut,
    ScoreOut,
    StandingOut,
    StreetOfficeOut,
    StreetOfficesOut,
)
from services.survey.indicators.sources.asking import ALL, Ask
from services.survey.indicators.sources.now import Standing, standings
from services.survey.indicators.sources.offices import Street
from services.survey.indicators.tables import CaseFact
from shared.rulebook import Rulebook

LISTED = MemberOut.model_fields.keys() & CaseFact.model_fields.keys()
SIX_PARTIES = "SIX_PARTIES_CONNECTED"

Shares = Mapping[str, Share]


def book_of(deed: Deed) -> Rulebook:
    return deed.runtime.rulebooks.in_force_at(deed.at)


async def indicators_of(
    deed: Deed, reading: Reading, asked: Asked, level: Level | None, codes: Sequence[Code]
) -> IndicatorsOut:
    whole = Ask(asked.span, reading.place, None, reading.reach)
    counted = (await figures_of(deed.session, whole, codes)).get(ALL, {})
    standing = (await standings(deed.session, whole)).get(ALL, Standing())
    return IndicatorsOut(
        period=asked.period.name if asked.period else None,
        since=asked.span.since,
        until=asked.span.until,
        computed_at=deed.at,
        place=await _place_out(deed, reading.place),
        figures=_figures(deed, reading, codes, counted),
        standing=standing_out(standing),
        places=await _lines(deed, reading, asked, level, codes) if level else None,
    )


async def estate_figures_of(
    deed: Deed, reading: Reading, asked: Asked, estate: EstateCopy
) -> EstateFiguresOut:
    """A19; the score is the newest published one."""
    shown = await indicators_of(deed, reading, asked, None, list(Code))
    survey = await newest_survey(deed.session, estate.id, reading.company_id, reading.reach.without)
    due = next((each.due for each in book_of(deed).targets if each.code == SIX_PARTIES), None)
    return EstateFiguresOut(
        place=PlaceOut(level=Level.ESTATE, code=str(estate.id), name=estate.display_name),
        computed_at=deed.at,
        period=shown.period or "",
        standing=shown.standing,
        figures=shown.figures,
        score=ScoreOut(
            survey_id=survey.id,
            period=survey.period,
            score=survey.score,
            published_at=survey.published_at,
        )
        if survey and survey.score is not None and survey.published_at is not None
        else None,
        due=due,
    )


def member_out(member: Member) -> MemberOut:
    fact = member.fact
    return MemberOut(
        case_id=fact.id,
        case_number=fact.number,
        counted=member.counted,
        **{name: getattr(fact, name) for name in LISTED},
    )


def offices_out(deed: Deed, streets: Sequence[Street]) -> StreetOfficesOut:
    book = book_of(deed)
    rules = book.street_offices
    share = Share(sum(bool(street.offices) for street in streets), len(streets))
    return StreetOfficesOut(
        figure=figure_out(book, Code.STREET_OFFICES_ACTIVE, share),
        items=[
            StreetOfficeOut(
                division=street.code,
                name=street.name,
                has_office=bool(street.offices),
                staff_count=street.staff_count,
                warning=street.staff_count is not None
                and not rules.staff_at_least <= street.staff_count <= rules.staff_at_most,
            )
            for street in streets
        ],
    )


def figure_out(book: Rulebook, code: Code, share: Share, *, hidden: bool = False) -> FigureOut:
    names = {each.code: each.chinese for each in book.indicators.formulas}
    return FigureOut(
        code=code,
        chinese=names.get(code, code),
        by=FORMULAS[code].by,
        numerator=None if hidden else share.numerator,
        denominator=None if hidden else share.denominator,
        percent=None if hidden else share.percent(book.scores),
        hidden=hidden,
    )


def standing_out(standing: Standing) -> StandingOut:
    return StandingOut(
        accepted=standing.accepted,
        closed=standing.closed,
        open=standing.open,
        overdue=standing.overdue,
        mean_until_dispatch=standing.until_dispatch.mean_seconds,
        mean_until_feedback=standing.until_feedback.mean_seconds,
    )


async def _lines(
    deed: Deed, reading: Reading, asked: Asked, level: Level, codes: Sequence[Code]
) -> list[PlaceFiguresOut]:
    ask = Ask(asked.span, reading.place, level, reading.reach)
    counted = await figures_of(deed.session, ask, codes)
    standing = await standings(deed.session, ask)
    keys = sorted(counted.keys() | standing.keys())
    names = await names_of(deed.session, level, keys)
    return [
        PlaceFiguresOut(
            place=PlaceOut(level=level, code=key, name=names.get(key)),
            figures=_figures(deed, reading, codes, counted.get(key, {})),
            standing=standing_out(standing.get(key, Standing())),
        )
        for key in keys
    ]


def _figures(
    deed: Deed, reading: Reading, codes: Sequence[Code], counted: Shares
) -> list[FigureOut]:
    book = book_of(deed)
    discretion = Discretion(reading.company_id is not None, book.survey.cell_at_least)
    shown = []
    for code in codes:
        share = counted.get(code, NOTHING)
        hidden = discretion.hides(code, share)
        shown.append(figure_out(book, code, share, hidden=hidden))
    return shown


async def _place_out(deed: Deed, place: Place) -> PlaceOut:
    level, code = _level_of(place)
    if level is None:
        return PlaceOut(level=None, code=code, name=None)
    names = await names_of(deed.session, level, [code])
    return PlaceOut(level=level, code=code, name=names.get(code))


def _level_of(place: Place) -> tuple[Level | None, str]:
    if place.estate_id is not None:
        return Level.ESTATE, str(place.estate_id)
    if place.company_id is not None:
        return Level.COMPANY, str(place.company_id)
    code = place.division or ""
    levels = {digits: level for level, digits in DIGITS.items()}
    return levels.get(len(code)), code
