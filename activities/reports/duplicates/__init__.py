"""Records that are there twice: found with the evidence, told apart for good, or merged, at a price shown first.

Nothing is merged by itself, and no merge is final: see `docs/adr/0019-a-merge-is-kept-and-can-be-undone.md`.
"""
