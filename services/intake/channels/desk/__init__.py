"""Staff at their desks file for residents, for their company, or a finding (T01, X21, X45)."""
