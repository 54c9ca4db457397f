"""The operations of notify's inbox, notices and calendar, by who may call them at all."""

from __future__ import annotations

OPEN = """
    GET /notify/public/notices
    GET /notify/public/notices/{notice_id}
    GET /notify/public/notices/{notice_id}/page
    GET /notify/calendar/feed.ics
"""
INBOX = """
    GET /notify/inbox
    GET /notify/inbox/counts
    GET /notify/inbox/changes
    POST /notify/inbox/reading
    GET /notify/inbox/{message_id}
    POST /notify/inbox/{message_id}/reading
    GET /notify/stream
    GET /notify/calendar/feed
    PUT /notify/calendar/feed
    DELETE /notify/calendar/feed
    GET /notify/calendar/{calendar_id}.ics
"""
NOTICES = """
    GET /notify/notices
    POST /notify/notices
    GET /notify/notices/{notice_id}
    PUT /notify/notices/{notice_id}
    POST /notify/notices/{notice_id}/publication
    POST /notify/notices/{notice_id}/postings
    POST /notify/notices/{notice_id}/correction
    POST /notify/notices/{notice_id}/withdrawal
"""
