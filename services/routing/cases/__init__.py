"""Cases (案件): from the accepted complaint to the closed file."""
