"""Bulletins and reports: composed from figures, approved, published, frozen (D10-D12, E23)."""
