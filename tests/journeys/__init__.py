"""The stories of the lifecycle, told over HTTP on a whole running system."""
