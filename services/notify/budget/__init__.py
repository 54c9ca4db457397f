"""What text messages may cost in a day, and who hears of it when they cost that much."""
