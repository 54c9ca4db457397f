"""Limits by network: one connection is one, however many addresses it has (P29, T01)."""

from __future__ import annotations

import pytest

from shared.web.network import network_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("fe80::1%eth0", "fe80::2"),
        ("unix", "unix"),
    ],
)
def test_these_are_one_network(one: str, other: str) -> None:
    assert network_of(one) == network_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:3::1"), ("192.0.2.1", "192.0.2.2"), ("", "unix")],
)
def test_these_are_two(one: str, other: str) -> None:
    assert network_of(one) != network_of(other)
