"""An edition in its forms, each made from the frozen content alone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import quote

from services.survey.bulletins.caching import JSON, Body
from services.survey.bulletins.commands.deciding import link_of
from services.survey.bulletins.domain.content import BulletinContent, content_in
from services.survey.bulletins.guards import Issue
from services.survey.rendering.dictionary import dictionary_of
from services.survey.rendering.document import document
from services.survey.rendering.open_data import csv_of, json_of
from services.survey.rendering.page import ALONE, POLICY, Around, page


class Rendering(StrEnum):
    CONTENT = "content"
    PAGE = "page"
    DOCUMENT = "document"
    CSV = "data.csv"
    JSON = "data.json"
    DICTIONARY = "dictionary"


MEDIA_TYPES: Mapping[Rendering, str] = {
    Rendering.CONTENT: JSON,
    Rendering.PAGE: "text/html; charset=utf-8",
    Rendering.DOCUMENT: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Rendering.CSV: "text/csv; charset=utf-8",
    Rendering.JSON: JSON,
    Rendering.DICTIONARY: JSON,
}
OFFERED: Mapping[Rendering, str] = {
    Rendering.DOCUMENT: "文件（DOCX）",
    Rendering.CSV: "数据（CSV）",
    Rendering.JSON: "数据（JSON）",
    Rendering.DICTIONARY: "数据字典（JSON）",
}


def rendered(issue: Issue, newest: int, form: Rendering) -> Body:
    """Of a published edition; an old one says by header and on its page that there is a newer."""
    edition = issue.edition
    address = link_of(edition)
    headers: dict[str, str] = {}
    notice = None
    if newest > edition.number:
        latest = address.removesuffix(str(edition.number)) + str(newest)
        headers["Link"] = f'<{latest}>; rel="latest-version"'
        notice = f"本版已被第{newest}版更正替代，请以第{newest}版为准。"
    forms = [(words, f"{address}/{each}") for each, words in OFFERED.items()]
    body = shown(edition.content, form, Around(notice, forms))
    return Body(body.content, body.media_type, {**headers, **body.headers})


def shown(stored: bytes, form: Rendering, around: Around = ALONE) -> Body:
    """`stored` as the edition keeps it, and as its SHA-256 was taken; `around` is for the page."""
    headers: dict[str, str] = {}
    content = content_in(stored)
    match form:
        case Rendering.PAGE:
            made = page(content, around).encode()
            headers = {"Content-Security-Policy": POLICY, "Vary": "Accept"}
        case Rendering.DOCUMENT:
            made, headers = document(content), attached(content, "docx")
        case Rendering.CSV:
            made, headers = csv_of(content).encode(), attached(content, "csv")
        case Rendering.JSON:
            made = json_of(content).encode()
        case Rendering.DICTIONARY:
            made = dictionary_of(content).model_dump_json(by_alias=True).encode()
        case Rendering.CONTENT:
            made = stored
    return Body(made, MEDIA_TYPES[form], headers)


def attached(content: BulletinContent, ending: str) -> dict[str, str]:
    """RFC 6266: a name in Chinese, and one for programs that know letters only."""
    edition = f"（第{content.edition}版）" if content.edition > 1 else ""
    name = f"{content.title}（{content.period_name}）{edition}.{ending}"
    plain = f"{content.kind.lower()}-{content.division}-{content.period}-{content.edition}.{ending}"
    ways = f"filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return {"Content-Disposition": f"attachment; {ways}"}
