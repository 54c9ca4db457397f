"""Ways to reach people: the in-app inbox, WeChat subscribe messages, text messages."""
