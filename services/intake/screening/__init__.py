"""What others may see of complaints: texts and files are checked, and never a reason to refuse."""
