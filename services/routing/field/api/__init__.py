"""The HTTP side: the app's own doors, and what others read of the work in the field."""
