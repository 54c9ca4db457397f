"""From the opening of a joint action to its consolidated result."""
