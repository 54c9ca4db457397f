"""The city's dated targets (D15), and how much property work weighs in a street's year (A17)."""
