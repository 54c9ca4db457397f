"""How many endpoints, tests and overlapping secrets there may be."""

from __future__ import annotations

from datetime import timedelta

from shared.errors import Conflict, TooMany

MOST_OLD_SECRETS = 8  # a receiver need not look at more than 16 signatures
LONGEST_OVERLAP_HOURS = 168
USUAL_OVERLAP_HOURS = 24
TESTS_COUNTED_OVER = timedelta(hours=1)


class TooManyEndpoints(Conflict):
    """Your organisation has `at_most` endpoints already; delete one first."""

    code = "TOO_MANY_ENDPOINTS"
    chinese = "本单位的推送地址已达上限，请先删除不用的地址。"


class TooManyOldSecrets(Conflict):
    """Too many earlier secrets are still overlapping; wait, or rotate without overlap."""

    code = "TOO_MANY_OLD_SECRETS"
    chinese = "仍在重叠期的旧密钥过多，请稍后再轮换，或选择不重叠。"


class TooManyTests(TooMany):
    """This endpoint was sent `at_most` tests within an hour."""

    code = "TOO_MANY_WEBHOOK_TESTS"
    chinese = "该地址一小时内的测试推送次数已达上限，请稍后再试。"


def refuse_endpoint_beyond(known: int, at_most: int) -> None:
    """Raises TooManyEndpoints."""
    if known >= at_most:
        raise TooManyEndpoints(at_most=at_most)


def refuse_secret_beyond(old: int) -> None:
    """Raises TooManyOldSecrets."""
    if old >= MOST_OLD_SECRETS:
        raise TooManyOldSecrets(at_most=MOST_OLD_SECRETS)


def refuse_test_beyond(sent: int, at_most: int) -> None:
    """`sent` within the last hour. Raises TooManyTests."""
    if sent >= at_most:
        raise TooManyTests(at_most=at_most)
