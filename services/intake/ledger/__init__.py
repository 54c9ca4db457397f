"""The ledger of responses (诉求响应台账): one line per complaint (B15)."""
