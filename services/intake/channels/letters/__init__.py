"""Letters and e-mails that the centre has typed off, many on one sheet (B03)."""
