"""Indicators (facts 2.11): one fact per case, live figures with their cases behind them."""
