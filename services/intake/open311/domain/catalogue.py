"""Services and their definitions, from the category table of the rulebook (facts 2.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from services.intake.open311.domain.documents import MEDIA_TYPES, Form
from services.intake.open311.domain.refusals import ServiceMissing, ServiceUnknown
from shared.rulebook import Rulebook
from shared.rulebook.sections.categories import Category
from shared.rulebook.sections.open311 import Attribute

Row = Mapping[str, Any]

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
SEPARATORS = re.compile("[、，（）()]+")
REALTIME, BATCH = "realtime", "batch"


def service(rulebook: Rulebook, code: str | None) -> Category:
    """Raises ServiceMissing or ServiceUnknown; the police have no service here (B02)."""
    if not code:
        raise ServiceMissing
    category = rulebook.categories.get(code)
    if category is None or category.police:
        raise ServiceUnknown
    return category


def services(rulebook: Rulebook) -> list[Row]:
    return [_service(rulebook, each) for each in rulebook.categories.values() if not each.police]


def definition(rulebook: Rulebook, code: str) -> Row:
    """Of a service that asks nothing, the empty one. Raises ServiceUnknown."""
    asked = rulebook.open311.attributes_of(service(rulebook, code).code)
    return {
        "service_code": code,
        "attributes": [_attribute(each, order) for order, each in enumerate(asked, start=1)],
    }


def discovery(rulebook: Rulebook, base: str, *, test: bool) -> Row:
    facade = rulebook.open311
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{base}/v2",
        "changeset": facade.changeset,
        "type": "test" if test else "production",
        "formats": [MEDIA_TYPES[form].partition(";")[0] for form in (Form.XML, Form.JSON)],
    }
    return {
        "changeset": facade.changeset,
        "contact": facade.contact,
        "key_service": facade.key_service,
        "endpoints": [endpoint],
    }


def _service(rulebook: Rulebook, category: Category) -> Row:
    facade = rulebook.open311
    return {
        "service_code": category.code,
        "service_name": category.chinese,
        "description": f"{category.chinese}（{category.english}）",
        "metadata": bool(facade.attributes_of(category.code)),
        "type": BATCH if category.code in facade.batch_services else REALTIME,
        "keywords": ", ".join(_keywords(category)),
        "group": facade.group_of(category.code),
    }


def _keywords(category: Category) -> list[str]:
    words = [*SEPARATORS.split(category.chinese), category.english, *category.causes]
    return [word for word in dict.fromkeys(words) if word]


def _attribute(attribute: Attribute, order: int) -> Row:
    row: dict[str, Any] = {
        "variable": attribute.variable,
        "code": attribute.code,
        "datatype": attribute.datatype.value,
        "required": attribute.required,
        "datatype_description": attribute.datatype_description or None,
        "order": order,
        "description": attribute.description,
    }
    if attribute.values:
        row["values"] = [{"key": each.key, "name": each.name} for each in attribute.values]
    return row
