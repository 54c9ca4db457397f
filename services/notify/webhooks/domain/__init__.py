"""The rules of webhooks, pure: values in, value or DomainError out."""
