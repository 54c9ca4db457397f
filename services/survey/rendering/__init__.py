"""What is published, from frozen content alone: a web page, a document, open data (D10, E23)."""
