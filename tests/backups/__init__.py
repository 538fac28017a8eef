"""Backups: sealed, whole, the same on either database, and never half of one."""
