"""The forms of floor 1, one noun a module."""
