"""A case is supervised, an order is answered, a breach is carried further up."""
