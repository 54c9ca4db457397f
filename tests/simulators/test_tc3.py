"""TC3-HMAC-SHA256 against the vendor's published example ("签名方法 v3")."""

from __future__ import annotations

from shared.sms.tc3 import Tc3Key, Tc3Request, authorization

BODY = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
REQUEST = Tc3Request("cvm", "cvm.tencentcloudapi.com", "DescribeInstances", 1551113065, BODY)


def test_the_published_example() -> None:
    """The vendor prints its example key as 32 asterisks, and signs with exactly those."""
    key = Tc3Key("AKID" + "*" * 32, "*" * 32)
    assert authorization(key, REQUEST) == (
        f"TC3-HMAC-SHA256 Credential={key.secret_id}/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host;x-tc-action, "
        "Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
    )
