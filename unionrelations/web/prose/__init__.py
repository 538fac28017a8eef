"""A report handed in as text: what it tells is shown where it stands, and what a person accepts is kept."""

from .pages import DocumentCreate, DocumentRead

__all__ = ["DocumentCreate", "DocumentRead"]
