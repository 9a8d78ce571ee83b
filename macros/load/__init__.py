"""Files to entries: reading, and saying where each value stands."""
