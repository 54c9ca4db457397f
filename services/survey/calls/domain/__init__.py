"""The rules of calling, pure: values in, value or DomainError out."""
