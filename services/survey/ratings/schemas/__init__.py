"""Request and response bodies of ratings."""
