"""The pages of spreadsheets handed in: handing one in, looking at what it would do, deciding, storing, taking back."""
