"""The rules of ratings, pure: values in, value or DomainError out."""
