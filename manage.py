#!/usr/bin/env python
"""The way in for every command of the house: `python manage.py <command>`."""

import os
import sys

from django.core.management import execute_from_command_line

from unionrelations.kit.room import with_room


@with_room
def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
