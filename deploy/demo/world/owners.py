"""Invented owners, and the house register by which intake recognises their numbers."""

from __future__ import annotations

from deploy.demo.world.places import (
    GARDEN,
    GUIYU,
    HOMESTEAD,
    JIAYU_TOWN,
    NEW_VILLAGE,
    OLD_STREET,
    RIVER_VIEW,
)
from deploy.demo.world.records import Estate, Home, Owner, Resident, demo_id

SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
OWNER, FAMILY, TENANT = "OWNER", "FAMILY", "TENANT"
Dwelling = tuple[Estate, str, str, str]

# Number as the simulator's phone button gives it, then the homes. Twelve households live in one
# estate (W5, X11); the thirteenth person shares the first one's home (E29).
PEOPLE: tuple[tuple[str, tuple[Dwelling, ...]], ...] = (
    ("13900008939", ((GARDEN, "1", "101", OWNER),)),
    ("13900005290", ((GARDEN, "1", "102", OWNER), (RIVER_VIEW, "2", "302", OWNER))),
    ("13900004593", ((GARDEN, "1", "201", OWNER),)),
    ("13900009586", ((GARDEN, "1", "302", OWNER),)),
    ("13900006348", ((GARDEN, "2", "101", OWNER),)),
    ("13900005231", ((GARDEN, "2", "202", OWNER),)),
    ("13900005005", ((GARDEN, "2", "501", OWNER),)),
    ("13900005666", ((GARDEN, "3", "101", OWNER),)),
    ("13900004917", ((GARDEN, "3", "302", OWNER),)),
    ("13900002641", ((GARDEN, "3", "401", OWNER),)),
    ("13900005057", ((GARDEN, "4", "102", OWNER),)),
    ("13900007520", ((GARDEN, "4", "202", OWNER),)),
    ("13900003067", ((GARDEN, "1", "101", FAMILY),)),
    ("13900004004", ((GUIYU, "1", "101", OWNER),)),
    ("13900001580", ((GUIYU, "2", "201", TENANT),)),
    ("13900004690", ((NEW_VILLAGE, "1", "101", OWNER),)),
    ("13900008081", ((RIVER_VIEW, "1", "101", OWNER),)),
    ("13900001101", ((RIVER_VIEW, "2", "301", OWNER),)),
    ("13900009443", ((JIAYU_TOWN, "1", "201", OWNER),)),
    ("13900001836", ((HOMESTEAD, "1", "101", OWNER),)),
    ("13900009178", ((HOMESTEAD, "3", "202", OWNER),)),
    ("13900000933", ((OLD_STREET, "1", "101", OWNER),)),
)


def _home(estate: Estate, number: str, room: str, relation: str) -> Home:
    building = estate.building(number)
    return Home(
        estate=estate, building=building, house=estate.house(number, room), relation=relation
    )


def _owner(index: int, mobile: str, dwellings: tuple[Dwelling, ...]) -> Owner:
    person = f"owner-{index}"
    return Owner(
        id=demo_id("owner", person),
        person=person,
        name=f"演示业主{SIGNS[index - 1]}",
        mobile=mobile,
        homes=tuple(_home(*dwelling) for dwelling in dwellings),
    )


OWNERS = tuple(_owner(index, *line) for index, line in enumerate(PEOPLE, start=1))

HOUSE_REGISTER = tuple(
    Resident(
        id=demo_id("resident", owner.person, str(home.house.id)),
        house_id=home.house.id,
        name=owner.name,
        mobile=owner.mobile,
        relation=home.relation,
    )
    for owner in OWNERS
    for home in owner.homes
)
