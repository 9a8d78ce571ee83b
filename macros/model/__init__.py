"""What the data is: frozen, strict, closed. Imports nothing above it."""
