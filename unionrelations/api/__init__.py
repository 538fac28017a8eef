"""The REST door: the lists' own querysets and filter sets, answered in JSON."""
