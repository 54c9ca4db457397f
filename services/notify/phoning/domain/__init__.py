"""Pure rules: values in, value or DomainError out."""
