"""Reading the figures of a report's text; the marked passages lie beside the tests."""

from pathlib import Path

FOLDER = Path(__file__).parent
