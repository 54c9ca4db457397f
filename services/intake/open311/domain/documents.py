"""One answer in two forms: XML with the elements of GeoReport v2, and the JSON that follows.

By the Spark convention a list goes without its root and its members without their names; an object
goes without its root. What has no value is an empty element, and null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

Value = Any  # str, int, float, bool, None, or lists and objects of them

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

MEMBERS: Mapping[str, str] = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "notes": "note",
}


class Form(StrEnum):
    XML = "xml"
    JSON = "json"


MEDIA_TYPES: Mapping[Form, str] = {
    Form.XML: "text/xml; charset=utf-8",
    Form.JSON: "application/json; charset=utf-8",
}


def written(form: Form, root: str, value: Value) -> str:
    if form is Form.JSON:
        return json.dumps(value, ensure_ascii=False)
    element = Element(root)
    _fill(element, root, value)
    return DECLARATION + ElementTree.tostring(element, encoding="unicode")


def wanted_form(extension: str | None, accept: str) -> Form | None:
    """By the extension, else by what is accepted, else JSON. None for an unknown extension."""
    if extension is not None:
        return next((form for form in Form if form == extension.lower()), None)
    xml, as_json = accept.lower().find("xml"), accept.lower().find("json")
    return Form.XML if xml >= 0 and (as_json < 0 or xml < as_json) else Form.JSON


def _fill(element: Element, name: str, value: Value) -> None:
    if isinstance(value, Mapping):
        for key, member in value.items():
            _fill(SubElement(element, key), key, member)
    elif isinstance(value, list):
        for member in value:
            _fill(SubElement(element, MEMBERS[name]), MEMBERS[name], member)
    elif value is not None:
        element.text = _text(value)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return NOT_IN_XML.sub("", str(value))
