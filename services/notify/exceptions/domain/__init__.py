"""The rules of exceptions, pure: values in, value or DomainError out."""
