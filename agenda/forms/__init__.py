"""What people fill in at the makers' desk, and what we make of it."""
