"""What companies report of the property fees they are owed and paid (物业收费率, facts 2.11)."""
