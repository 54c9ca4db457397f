"""What happens at and around the table: one file per step of a mediation."""
