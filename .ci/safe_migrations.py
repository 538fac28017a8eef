"""Whether every migration of ours can run while the code before it still answers.

Reads the SQL they come to, so it needs the address of a PostgreSQL in DATABASE_URL. A column that the older code does
not fill, or still asks for, is an error; an index that stops writers while it is built is a warning.
"""

import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")

# Judged by a person; a new name comes here with its reason or not at all.
JUDGED = {
    # Columns without a default of the database, handed out before anybody looked: the house is closed for these.
    "0002_reader_preferences",
    "0003_gap_explanations_and_proposal_outcomes",
    "0003_report_files_ask_questions",
    # A rule over a column that is new and empty in every row: nothing written before can break it.
    "0004_files_known_by_their_content",
}


def main() -> None:
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django_migration_linter"]
    django.setup()
    libraries = HOUSE / ".venv"
    places = {one.label: Path(one.path) for one in apps.get_app_configs()}
    ours = [label for label, at in places.items() if HOUSE in at.parents and libraries not in at.parents]
    call_command(
        "lintmigrations",
        include_apps=ours,
        ignore_name=sorted(JUDGED),
        exclude_migration_tests=["RUNPYTHON_MODEL_VARIABLE_NAME"],  # what a variable is called is no danger
        quiet=["ok", "ignore"],
        no_cache=True,
    )


if __name__ == "__main__":
    main()
