"""Pure rules of analysis: mixes, ranks, trends, small cells, the months that are due."""
