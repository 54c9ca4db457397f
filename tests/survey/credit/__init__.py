"""The credit file of companies."""
