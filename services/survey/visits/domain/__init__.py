"""The rules of return visits, pure: values in, value or DomainError out."""
