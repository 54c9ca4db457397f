"""The rules of messages, pure: values in, value or DomainError out."""
