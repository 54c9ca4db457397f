"""A unit asks, a desk decides, the case and its clocks follow."""
