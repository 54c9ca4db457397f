"""Owners (业主): their accounts, how they sign in through WeChat, and how they sign out."""
