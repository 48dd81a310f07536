"""A run: its folder, its history, its way from an experiment to a report."""
