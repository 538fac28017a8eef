"""Papers made from the record: what a template may ask for, what the record says of it, and the file that comes of it.

Never invents: what nobody recorded stays a dotted line for the clerk, and money is only what the reader may read.
"""
