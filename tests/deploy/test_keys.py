"""The keys of an embedded world: made once, private, kept when a version asks for more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy.embedded.keys import EMBEDDED, INSTALLATION, Makers, kept_keys, new_keys
from shared.identity import TrustedKeys
from shared.privacy import KeyRing, Sealer
from shared.signatures import PrivateKey


def test_a_second_start_has_the_keys_of_the_first(tmp_path: Path) -> None:
    assert kept_keys(tmp_path) == kept_keys(tmp_path)
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


def test_a_key_that_a_new_version_asks_for_is_added_and_the_others_stay(tmp_path: Path) -> None:
    before = kept_keys(tmp_path)
    older = {name: value for name, value in before.items() if name != "LIUDUAN_FIELD_KEYS"}
    (tmp_path / "keys.json").write_text(json.dumps(older))
    after = kept_keys(tmp_path)
    assert after["LIUDUAN_FIELD_KEYS"] != before["LIUDUAN_FIELD_KEYS"]
    assert {name for name in before if after[name] != before[name]} == {"LIUDUAN_FIELD_KEYS"}


def test_no_two_installations_share_a_secret() -> None:
    one, other = new_keys(INSTALLATION), new_keys(INSTALLATION)
    assert {name for name in one if one[name] == other[name]} == {"LIUDUAN_HOTLINE_CLIENT_ID"}


@pytest.mark.parametrize("makers", [INSTALLATION, EMBEDDED], ids=["installation", "embedded"])
def test_every_key_is_in_the_form_that_its_reader_takes(makers: Makers) -> None:
    keys = new_keys(makers)
    for name in keys:
        if name.endswith(("FIELD_KEYS", "BLIND_INDEX_KEYS")):
            KeyRing.parse(keys[name])
    Sealer.from_environment(keys)
    PrivateKey.parse(keys["LIUDUAN_WEBHOOK_SIGNING_KEY"])
    trusted = TrustedKeys.parse(keys["LIUDUAN_TRUSTED_KEYS"])
    for service in ("INTAKE", "ROUTING"):
        found = trusted.get(keys[f"LIUDUAN_{service}_SIGNING_KEY_ID"])
        assert found is not None
        assert found.issuer == service.lower()
