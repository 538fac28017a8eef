"""Everything the house keeps in one sealed file: made, tried out by restoring it elsewhere, brought back.

Knows tables and files, never what a record means. What a backup holds is told in `archive.py`.
"""
