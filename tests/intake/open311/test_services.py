"""GeoReport v2: discovery, service list and service definition, in both forms."""

from __future__ import annotations

from shared.rulebook import Rulebook
from shared.settings import RULEBOOKS
from tests.intake.open311.calls import JSON, XML, Facade, errors, names, parsed

BOOK = Rulebook.load(RULEBOOKS / "xianning-2025-07-21")
SERVICE = {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}
ATTRIBUTE = [
    *("variable", "code", "datatype", "required", "datatype_description", "order", "description"),
]


async def test_discovery(facade: Facade) -> None:
    told = await facade.read("discovery.json")
    assert list(told) == ["changeset", "contact", "key_service", "endpoints"]
    (endpoint,) = told["endpoints"]
    assert endpoint == {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": "http://hub.test/intake/open311/v2",
        "changeset": told["changeset"],
        "type": "test",
        "formats": ["text/xml", "application/json"],
    }
    root = parsed(await facade.get("discovery.xml"))
    assert (root.tag, names(root)) == ("discovery", list(told))
    assert [each.text for each in root.findall("endpoints/endpoint/formats/format")] == [
        "text/xml",
        "application/json",
    ]


async def test_services_are_the_category_table_without_the_police(facade: Facade) -> None:
    """B02, facts 2.9."""
    answer = await facade.get("v2/services.json", jurisdiction_id="xianning.gov.cn")
    assert answer.headers["content-type"] == JSON
    told = answer.json()
    codes = {each["service_code"] for each in told}
    assert codes == {each.code for each in BOOK.categories.values() if not each.police}
    assert all(set(each) == SERVICE for each in told)
    lift = next(each for each in told if each["service_code"] == "EQ02")
    assert (lift["service_name"], lift["type"], lift["metadata"]) == ("电梯故障", "realtime", True)
    assert (lift["group"], lift["keywords"].split(", ")[0]) == ("房屋与设施设备", "电梯故障")
    plain = next(each for each in told if each["service_code"] == "OT01")
    assert plain["metadata"] is False


async def test_services_in_xml(facade: Facade) -> None:
    root = parsed(await facade.get("v2/services.xml"))
    assert root.tag == "services"
    assert {child.tag for child in root} == {"service"}
    lift = next(each for each in root if each.findtext("service_code") == "EQ02")
    assert set(names(lift)) == SERVICE
    assert (lift.findtext("metadata"), lift.findtext("type")) == ("true", "realtime")


async def test_a_definition(facade: Facade) -> None:
    told = await facade.read("v2/services/EQ02.json")
    assert told["service_code"] == "EQ02"
    assert [each["order"] for each in told["attributes"]] == list(
        range(1, len(told["attributes"]) + 1)
    )
    trapped = next(each for each in told["attributes"] if each["code"] == "TRAPPED")
    assert list(trapped) == [*ATTRIBUTE, "values"]
    assert (trapped["variable"], trapped["required"]) == (True, True)
    assert trapped["datatype_description"] is None
    assert trapped["values"][0] == {"key": "no", "name": "没有人被困"}


async def test_a_definition_in_xml(facade: Facade) -> None:
    root = parsed(await facade.get("v2/services/EQ02.xml"))
    assert (root.tag, names(root)) == ("service_definition", ["service_code", "attributes"])
    trapped = next(
        each for each in root.findall("attributes/attribute") if each.findtext("code") == "TRAPPED"
    )
    assert names(trapped) == [*ATTRIBUTE, "values"]
    assert trapped.find("datatype_description").text is None  # type: ignore[union-attr]
    assert [names(value) for value in trapped.findall("values/value")] == [["key", "name"]] * 2
    assert trapped.findtext("variable") == "true"


async def test_every_datatype_is_asked_somewhere(facade: Facade) -> None:
    kinds, informing = set(), set()
    for service in await facade.read("v2/services.json"):
        told = await facade.read(f"v2/services/{service['service_code']}.json")
        assert service["metadata"] is bool(told["attributes"])
        kinds |= {each["datatype"] for each in told["attributes"]}
        informing |= {each["variable"] for each in told["attributes"]}
    assert kinds == {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
    assert informing == {True, False}


FORMS = (
    ("v2/services", "", JSON),
    ("v2/services", "text/xml", XML),
    ("v2/services", "application/xml, application/json;q=0.5", XML),
    ("v2/services", "application/json, text/xml", JSON),
    ("v2/services/EQ02", "text/xml", XML),
    ("discovery", "", JSON),
    ("v2/services.XML", "application/json", XML),
)
REFUSED = (
    ("v2/services/NOPE.json", 404),
    ("v2/services/XX01.json", 404),
    ("v2/services.json?jurisdiction_id=elsewhere.gov", 404),
    ("v2/services.html", 404),
    ("v2/nothing.json", 404),
    ("v3/services.json", 404),
    ("v2/tokens/unknown.json", 404),
    ("v2/requests/SQ421202-20260302-99999.json", 404),
    ("v2/requests.json?start_date=yesterday", 400),
    ("v2/requests.json?status=pending", 400),
    ("v2/requests.json?api_key=wrong", 403),
)


async def test_the_form_follows_the_extension_else_the_accept_header(facade: Facade) -> None:
    for path, accept, kind in FORMS:
        answer = await facade.web.get(f"/open311/{path}", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind), path


async def test_refusals_are_lists(facade: Facade) -> None:
    for path, status in REFUSED:
        refused = await facade.web.get(f"/open311/{path}")
        assert refused.status_code == status, path
        assert [code for code, _ in errors(refused)] == [status]


async def test_a_refusal_in_xml(facade: Facade) -> None:
    refused = await facade.get("v2/services/NOPE.xml")
    assert refused.status_code == 404
    root = parsed(refused)
    assert (root.tag, [names(error) for error in root]) == ("errors", [["code", "description"]])
    assert root.findtext("error/code") == "404"


async def test_an_empty_parameter_is_one_that_was_not_sent(facade: Facade) -> None:
    assert await facade.read("v2/services.json", jurisdiction_id="")


async def test_another_method_is_told_as_a_list_too(facade: Facade) -> None:
    refused = await facade.web.delete("/open311/v2/services.json")
    assert refused.status_code == 400
    assert errors(refused)[0][0] == 405
