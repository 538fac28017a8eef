"""The spreadsheets of the corpus as grids, one module for each form offices use."""
