"""A notice as a page that people read: the link in their messages leads to it (N16).

The page runs no script and loads nothing; its one style is named by its hash.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape

from services.notify.messages.domain.words import TITLES_OF_NOTICES, at
from services.notify.publications.domain.kinds import Channel
from services.notify.publications.domain.lifecycle import NoticeState
from services.notify.publications.schemas import PublicNoticeOut

STYLE = """
body { font: 17px/1.8 sans-serif; max-width: 44em; margin: 0 auto; padding: 1em; color: #1a1a1a }
h1 { font-size: 1.4em; text-align: center; overflow-wrap: anywhere }
p { overflow-wrap: anywhere }
.kind, .when { color: #595959; text-align: center; margin: 0 }
.state { border: 1px solid #a61b1b; color: #a61b1b; padding: .5em 1em }
.posted { border-top: 1px solid #bbb; color: #595959; font-size: .9em; padding-top: 1em }
"""
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head><body>
<p class="kind">{kind}</p>
<h1>{title}</h1>
<p class="when">发布时间：{published}　第{edition}版</p>
{parts}
</body></html>
"""
CHANNELS: Mapping[Channel, str] = {
    Channel.MINI_PROGRAM: "小程序",
    Channel.NOTICE_BOARD: "小区公示栏",
    Channel.OWNERS_GROUP: "业主群",
    Channel.WEBSITE: "网站",
}
_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
GUARDED: Mapping[str, str] = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def page(notice: PublicNoticeOut) -> str:
    """What `GET /public/notices/{id}` says, each word escaped."""
    return PAGE.format(
        style=STYLE,
        title=escape(notice.title),
        kind=escape(TITLES_OF_NOTICES[notice.kind]),
        published=at(notice.published_at),
        edition=notice.edition,
        parts="\n".join(_parts(notice)),
    )


def _parts(notice: PublicNoticeOut) -> Iterator[str]:
    if notice.state is NoticeState.WITHDRAWN:
        yield f'<p class="state">本公示已撤回。原因：{escape(notice.ended_because or "")}</p>'
    if notice.state is NoticeState.SUPERSEDED:
        why = escape(notice.ended_because or "")
        yield f'<p class="state">本版已被更正，请以最新版本为准。更正原因：{why}</p>'
    if notice.correction:
        yield f"<p>更正说明：{escape(notice.correction)}</p>"
    yield from (f"<p>{escape(line)}</p>" for line in notice.text.splitlines() if line.strip())
    for link in notice.links:
        url, title = escape(link.url), escape(link.title)
        yield f'<p><a href="{url}" rel="noopener noreferrer">{title}</a></p>'
    for posting in notice.posted:
        where = CHANNELS[posting.channel]
        yield f'<p class="posted">公开渠道：{where}，{at(posting.posted_at)}</p>'
