"""The environment of a test run: fresh keys, nothing that anybody else knows."""

from __future__ import annotations

import json
from functools import cache

from shared.identity import new_signing_key, public_part
from shared.privacy import KeyRing
from shared.signatures import PrivateKey, SharedSecret


@cache
def _keys() -> dict[str, str]:
    intake, routing = new_signing_key(), new_signing_key()
    trusted = {
        "intake-test": {"issuer": "intake", "key": public_part(intake)},
        "routing-test": {"issuer": "routing", "key": public_part(routing)},
    }
    rings = (
        "FIELD_KEYS",
        "BLIND_INDEX_KEYS",
        "SEALING_KEY_ROUTING",
        "SEALING_KEY_NOTIFY",
        "SEALING_KEY_INTAKE",
        "SEALING_KEY_SURVEY",
    )
    return {f"LIUDUAN_{name}": KeyRing.generate().to_json() for name in rings} | {
        "LIUDUAN_EMBEDDED": "1",
        "LIUDUAN_INTAKE_SIGNING_KEY": intake,
        "LIUDUAN_INTAKE_SIGNING_KEY_ID": "intake-test",
        "LIUDUAN_ROUTING_SIGNING_KEY": routing,
        "LIUDUAN_ROUTING_SIGNING_KEY_ID": "routing-test",
        "LIUDUAN_TRUSTED_KEYS": json.dumps(trusted),
        "LIUDUAN_AUDIT_SIGNING_KEY": new_signing_key(),
        "LIUDUAN_WEBHOOK_SIGNING_KEY": PrivateKey.generate().text(),
        "LIUDUAN_DEMO_PASSWORD": "demo-password-of-this-run",
        "LIUDUAN_WECHAT_APP_ID": "wx0000000000000000",
        "LIUDUAN_WECHAT_APP_SECRET": "0123456789abcdef0123456789abcdef",
        "LIUDUAN_WECHAT_PUSH_TOKEN": "push-token-of-this-run",
        "LIUDUAN_WECHAT_PUSH_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "LIUDUAN_SMS_SECRET_ID": "sms-id-of-this-run",
        "LIUDUAN_SMS_SECRET_KEY": "sms-key-of-this-run",
        "LIUDUAN_SMS_APP_ID": "1400000000",
        "LIUDUAN_SMS_SIGN_NAME": "六端互通",
        "LIUDUAN_DEMO_INTEGRATION_SEED": "integration-seed-of-this-run",
        "LIUDUAN_HOTLINE_CLIENT_ID": "hotline",
        "LIUDUAN_HOTLINE_CLIENT_SECRET": "hotline-secret-of-this-run",
        "LIUDUAN_GEOREPORT_DEMO_KEY": "open311-key-of-this-run",
        "LIUDUAN_HOTLINE_KEYS": SharedSecret.generate().text(),
        "LIUDUAN_LOG_LEVEL": "WARNING",
    }


def environment(**changes: str) -> dict[str, str]:
    """All variables a service asks for, except where its database is."""
    return _keys() | changes
