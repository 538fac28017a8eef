"""What we did, with whom, when, by which source. Never knows how it is reported: `activities.reports` does."""
