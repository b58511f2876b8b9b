"""Facts to start from, each with its source and date."""
