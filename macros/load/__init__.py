"""From files to entries that know the file, line and column of every value."""
