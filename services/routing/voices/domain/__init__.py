"""Pure rules: values and the moment in, a value or a domain error out."""
