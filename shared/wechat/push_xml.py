"""The vendor's XML: names and texts, nested at most a little, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

DEEPEST = 8


def read_xml(content: bytes) -> dict[str, Any]:
    """The children of the root by name; a name that stands twice is a list.

    Raises ValueError, also for entities and documents that are nested without reason.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise ValueError("not an XML message") from None
    found = _value(root, DEEPEST)
    if not isinstance(found, dict):
        raise ValueError("an XML message without content")
    return _flattened(found)


def written_xml(message: Mapping[str, object]) -> bytes:
    root = Element("xml")
    for name, value in message.items():
        SubElement(root, name).text = str(value)
    content: bytes = tostring(root, encoding="utf-8")
    return content


def _value(element: Element, depth: int) -> Any:
    if not len(element):
        return (element.text or "").strip()
    if depth == 0:
        raise ValueError("an XML message that is nested too deeply")
    found: dict[str, Any] = {}
    for child in element:
        value = _value(child, depth - 1)
        found[child.tag] = [*_listed(found[child.tag]), value] if child.tag in found else value
    return found


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _flattened(message: dict[str, Any]) -> dict[str, Any]:
    """XML wraps the items of a subscribe event once more (`SubscribeMsgPopupEvent/List`)."""
    for value in list(message.values()):
        if isinstance(value, dict) and set(value) == {"List"}:
            return {**message, "List": value["List"]}
    return message
