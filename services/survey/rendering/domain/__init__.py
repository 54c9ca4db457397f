"""The rules of showing, pure: what is hidden, how it is worded, what a column means."""
