"""Them: countries, partners, how we stand with them, and what we signed. Never knows what we did together."""
