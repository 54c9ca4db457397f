"""What desks work with: worklists, saved views, bulk actions, standard texts, export."""
