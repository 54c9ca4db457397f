"""Satisfaction surveys (业主满意度测评): a questionnaire, a score, its publication (E01-E07)."""
