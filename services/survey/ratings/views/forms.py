"""The forms of a rulebook as they would be filled in."""

from __future__ import annotations

from services.survey.ratings.domain.forms import Form, form_of
from services.survey.ratings.domain.kinds import RatingKind
from services.survey.ratings.schemas.forms import (
    FormIndicatorOut,
    FormKind,
    FormOut,
    FormPartOut,
    FormsOut,
    ScaleOut,
)
from shared.rulebook import Rulebook
from shared.rulebook.sections.ratings import FormWords

AGENCY = "AGENCY"
THIRD_PARTY = FormWords(
    title="第三方物业服务评价",
    introduction="由受政府委托的专业评估机构按五个维度评分，业主满意度须来自机构自行抽样。",
)


def forms_out(book: Rulebook, *, in_force: bool) -> FormsOut:
    return FormsOut(version=book.version, in_force=in_force, forms=[*_forms(book)])


def _forms(book: Rulebook) -> tuple[FormOut, ...]:
    rules = book.ratings
    quarterly = form_of(RatingKind.QUARTERLY, rules)
    committee = form_of(RatingKind.COMMITTEE, rules)
    return (
        _form(FormKind.QUARTERLY, rules.quarterly_form, quarterly, rules.raters),
        _form(
            FormKind.COMMITTEE, rules.committee_form, committee, rules.committee_panel
        ).model_copy(
            update={
                "parts": [
                    FormPartOut(part=part, weight=rules.committee_weights[part])
                    for part in rules.committee_panel
                ]
            }
        ),
        _third_party(book),
    )


def _form(kind: FormKind, words: FormWords, form: Form, answered_by: tuple[str, ...]) -> FormOut:
    return FormOut(
        kind=kind,
        title=words.title,
        introduction=words.introduction,
        indicators=[FormIndicatorOut(**each.model_dump()) for each in form.indicators],
        scale=ScaleOut(bottom=form.scale.bottom, top=form.scale.top),
        answered_by=list(answered_by),
        parts=[],
    )


def _third_party(book: Rulebook) -> FormOut:
    return FormOut(
        kind=FormKind.THIRD_PARTY,
        title=THIRD_PARTY.title,
        introduction=THIRD_PARTY.introduction,
        indicators=[
            FormIndicatorOut(
                code=code,
                chinese=book.evaluation.third_party_names[code],
                weight=weight,
                named_by_letter=True,
            )
            for code, weight in book.evaluation.third_party.items()
        ],
        scale=ScaleOut(bottom=0, top=int(book.evaluation.score_top)),
        answered_by=[AGENCY],
        parts=[],
    )
