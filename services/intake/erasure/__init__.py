"""What happens to everything personal when an owner leaves (facts 2.13): told, exported, erased."""
