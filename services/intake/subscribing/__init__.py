"""What WeChat pushes about subscriptions, told to notify, which keeps their ledger."""
