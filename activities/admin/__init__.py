"""The back office of activities, their papers, sources and plans."""

from . import activities, documents, parts, plans, rules, talks, terms

__all__ = ["activities", "documents", "parts", "plans", "rules", "talks", "terms"]
