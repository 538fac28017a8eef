"""The settings of the house, with the migrations of a release to come."""

from unionrelations.settings import *  # noqa: F403
from unionrelations.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.growing"]
