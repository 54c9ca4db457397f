"""The demo world is invented, marked, and agrees with the simulators."""

from __future__ import annotations

import re

from deploy.demo import world
from deploy.simulators.wechat.people import phone_of
from shared.identifiers import credit_code
from shared.identity import Role


def test_people_are_invented_and_say_so() -> None:
    """G05: names marked, numbers of the form 1390000xxxx, none twice."""
    people: list[world.Staff | world.Owner] = [*world.STAFF, *world.OWNERS]
    assert all(person.name.startswith("演示") for person in people)
    assert all(re.fullmatch(r"1390000[0-9]{4}", person.mobile) for person in people)
    assert len({person.mobile for person in people}) == len(people)


def test_places_and_organisations_say_that_they_are_invented() -> None:
    names = {each.name for each in (*world.ESTATES, *world.COMMUNITIES)}
    names |= {each.name for each in world.ORGANISATIONS}
    assert all(name.endswith("（演示）") for name in names)
    assert all(credit_code(each.credit_code or "") for each in world.COMPANIES)


def test_owners_have_the_number_of_their_phone_button() -> None:
    assert all(owner.mobile == phone_of(owner.person) for owner in world.OWNERS)


def test_twelve_households_live_in_one_estate() -> None:
    """W5, X11 need ten of them; E29 two people in one home."""
    garden = world.estate("温泉花园（演示）")
    homes = [home for owner in world.OWNERS for home in owner.homes if home.estate is garden]
    assert len({home.house.id for home in homes}) == 12
    assert len(homes) == 13


def test_the_register_knows_every_home() -> None:
    homes = {(home.house.id, o.mobile) for o in world.OWNERS for home in o.homes}
    assert {(line.house_id, line.mobile) for line in world.HOUSE_REGISTER} == homes
    assert {line.relation for line in world.HOUSE_REGISTER} == {"OWNER", "FAMILY", "TENANT"}


def test_ids_follow_from_names() -> None:
    """The same in every process: all services and tests agree."""
    assert str(world.staff("guanli.shi").id) == str(world.demo_id("staff", "guanli.shi"))
    assert str(world.estate("温泉花园（演示）").id) == "fca3cebf-651d-5ff3-959e-e00a96edb50f"


def test_a_bulletin_of_the_city_can_be_approved() -> None:
    """D10: by another person than the one who drafted it, so the city's centre has two."""
    desks = [
        each for each in world.STAFF if Role.DISPATCHER in each.roles and "4212" in each.divisions
    ]
    assert len({each.id for each in desks}) >= 2


def test_accounts_exist_for_every_end_and_role() -> None:
    ends = {person.end for person in world.STAFF}
    roles = {role for person in world.STAFF for role in person.roles}
    assert len(ends) == 6
    assert len(roles) == 15
