"""The directory's rules: values in, value or refusal out."""
