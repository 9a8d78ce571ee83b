"""The models of the data. They import nothing from the other steps."""
