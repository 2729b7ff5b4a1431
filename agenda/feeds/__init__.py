"""The doors of calendar apps: what an address asks for, and the answers."""
