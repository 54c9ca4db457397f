"""What is new in an inbox since somebody looked, without a gap and without telling it twice."""
