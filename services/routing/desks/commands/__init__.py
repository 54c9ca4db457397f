"""What desks keep and do: views, texts, many cases at once."""
