"""What comes in by the sheet: plans of it, carrying them out, taking them back. Never knows a page."""
