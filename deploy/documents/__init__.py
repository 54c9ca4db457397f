"""Pages of docs/ that are generated, so that they cannot disagree with the code."""
