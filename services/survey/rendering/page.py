"""The public page of an edition: one file, no script, nothing fetched from elsewhere.

Whoever serves it sends `POLICY` with it: the style sheet is allowed by its hash, nothing else is.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.survey.bulletins.domain.content import BulletinContent, Chart, Section
from services.survey.rendering.charts import drawn
from services.survey.rendering.dictionary import columns_table, fields_table
from services.survey.rendering.domain import showing

TEMPLATES = Path(__file__).parent / "templates"
STYLE = (TEMPLATES / "page.css").read_text(encoding="utf-8")
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Around:
    """What a page has besides its content: a notice above it, the addresses of its other forms."""

    notice: str | None = None
    forms: Sequence[tuple[str, str]] = ()  # what readers call it, and where it is


ALONE = Around()


def page(content: BulletinContent, around: Around = ALONE) -> str:
    """HTML in UTF-8; the same content is the same text."""
    return ENVIRONMENT.get_template("page.html").render(
        content=content,
        around=around,
        style=Markup(STYLE),
        correction=showing.correction(content),
        differences=showing.differences(content),
        terms=[each for each in (columns_table(content), fields_table(content)) if each.rows],
    )


def _drawing(chart: Chart, name: str) -> Markup:
    return Markup(drawn(chart, name))


def _note(section: Section) -> str | None:
    return showing.note(*section.tables, *map(showing.as_table, section.charts))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "words": showing.words,
        "cell": showing.cell,
        "heading": showing.heading,
        "day": showing.day,
        "minute": showing.minute,
        "stamp": showing.stamp,
        "ordinal": showing.ordinal,
        "issue_line": showing.issue_line,
        "as_table": showing.as_table,
        "note": _note,
        "drawn": _drawing,
    }
    return environment


ENVIRONMENT = _environment()
