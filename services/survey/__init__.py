"""What people think of how they were treated: return visits first."""
