"""Public notices (公示): drafted, published for good, posted on channels, told to owners."""
