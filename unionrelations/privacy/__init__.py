"""What the house keeps about persons: where each is named, taking that along, erasing it, forgetting what is old.

A person is a name here, as in the papers the records come from. Counting never looks at names' letters, so it never
changes when one is erased; a test holds it to that.
"""
