"""The rules of satisfaction surveys, pure: values in, value or DomainError out."""
