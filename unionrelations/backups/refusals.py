"""Why a backup was not made, or not brought back: one sentence a person can act on."""


class Refused(Exception):
    """Nothing was changed, or everything was put back."""
