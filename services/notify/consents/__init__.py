"""What people have agreed to receive in WeChat: a ledger of acceptances and messages."""
