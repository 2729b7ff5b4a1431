"""Floor 0: settings, wiring by strings, workflow engine, mail outbox, embedded services."""
