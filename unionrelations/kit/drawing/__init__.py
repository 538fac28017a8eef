"""Charts drawn by the house: one specification, shown on the page, put into a PDF as SVG and into a DOCX as PNG.

Knows words, numbers and addresses. Never counts, never asks the database, never knows an entity.
"""

from .bars import Bars, Column, Mark, Series
from .chart import Chart
from .worldmap import Place, WorldMap

__all__ = ["Bars", "Chart", "Column", "Mark", "Place", "Series", "WorldMap"]
