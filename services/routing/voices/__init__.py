"""Many voices about one problem: likeness, merging, and groups of households (T07, X08 to X11)."""
