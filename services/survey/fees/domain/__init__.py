"""Pure rules of fee reports: quarters, amounts, who may do what."""
