"""What every test may ask for. The machinery behind it (settings, Redis, a worker, Chromium) is in `machines.py`."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.machines"]

# quick: a few examples, the same on every run. ci: the same, but the audit meets more worlds (`.ci/run`). prove: many,
# chosen anew (`make prove`).
settings.register_profile("quick", max_examples=25, derandomize=True, deadline=None)
settings.register_profile("ci", parent=settings.get_profile("quick"))
settings.register_profile("prove", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
