"""The HTTP side that all services share: problems, paging, idempotency, health."""
