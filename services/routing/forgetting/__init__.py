"""An owner had the account erased at intake: what routing keeps of the person goes as well."""
