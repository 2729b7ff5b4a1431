"""The embedded PostgreSQL and Valkey: started, found, killed for real, never mistaken for another's."""
