"""The words of notices that nobody writes: a survey's result, a bulletin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.notify.messages.domain.words import of_period
from services.notify.publications.domain.kinds import NoticeKind
from shared.contracts.survey import BulletinState, SatisfactionState

TITLE_AT_MOST = 60
CORRECTION = "发布新版，更正前一版内容"
RESULT_TITLE = "{period}业主满意度测评结果（{estate}）"
RESULT = (
    "{estate}{period}业主满意度测评已完成。综合得分：{score}分（满分100分）。\n"
    "全小区{households}户，入户走访覆盖率{coverage}%，有效问卷{answers}份，每户计一份。\n"
    "结果已在小区公示栏和业主群公开{together}。"
    "对结果有异议的，请向社区或街道（乡镇）反映。"
)
NOT_TOGETHER = "（两个渠道未在同一日公开）"
BULLETIN = "《{title}》已发布。{edition}\n全文见下方链接。"
EDITION = "本期为第{edition}版，更正说明见正文。"
LINKED = "查看全文"


@dataclass(frozen=True)
class Words:
    kind: NoticeKind
    title: str
    text: str
    links: tuple[tuple[str, str], ...] = ()

    def wording(self) -> dict[str, Any]:
        """As the body of a request would say it."""
        links = [{"title": title, "url": url} for title, url in self.links]
        return {"title": self.title, "text": self.text, "links": links}


def of_result(survey: SatisfactionState) -> Words:
    """The figures that everybody is shown (E05)."""
    period = of_period(survey.period)
    text = RESULT.format(
        estate=survey.estate_name,
        period=period,
        score=survey.score,
        households=survey.households,
        coverage=survey.coverage,
        answers=survey.answers,
        together="" if survey.synchronous else NOT_TOGETHER,
    )
    title = RESULT_TITLE.format(period=period, estate=survey.estate_name)
    return Words(NoticeKind.SURVEY_RESULT, _short(title), text)


def of_bulletin(bulletin: BulletinState, origin: str) -> Words:
    """`origin` is the installation's address, below which the link leads to the page."""
    edition = EDITION.format(edition=bulletin.edition) if bulletin.edition > 1 else ""
    text = BULLETIN.format(title=bulletin.title, edition=edition)
    known = {kind.value for kind in NoticeKind}
    kind = NoticeKind(bulletin.kind) if bulletin.kind in known else NoticeKind.OTHER
    link = f"{origin}/{bulletin.link.lstrip('/')}"
    return Words(kind, _short(bulletin.title), text, ((LINKED, link),))


def _short(title: str) -> str:
    return title if len(title) <= TITLE_AT_MOST else f"{title[: TITLE_AT_MOST - 1]}…"
