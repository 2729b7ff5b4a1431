"""The forms of an organisation's own desk."""
