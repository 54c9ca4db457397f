"""The grid worker's app: made offline, sent later, applied once (A02, A05)."""
