"""What changes in floor 1, one noun a module: city, people, organisations, venues."""
