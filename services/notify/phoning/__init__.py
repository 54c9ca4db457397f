"""Telephone tasks: whom neither WeChat nor a text message reached is called by a person (N07)."""
