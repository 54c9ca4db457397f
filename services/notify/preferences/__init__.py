"""What recipients choose for themselves: text messages, quiet hours, WeChat, digests."""
