"""Evaluations: agencies, imports, assessments, runs."""
