"""A large synthetic data set for measuring: invented, and the same for the same seed. Never stands beside real records.

`house` has the unions, terms and partners, `deeds` the activities with all that belongs to them, `shelves` stores rows
past `save`, `data_set` puts them together. What is derived comes from the models' own rules, so `audit` agrees.
"""

from .data_set import DataSet, NotEmpty, Size

__all__ = ["DataSet", "NotEmpty", "Size"]
