"""The pages of the history: of a record, of an act, of what was deleted; and undoing, after a look at what it does."""
