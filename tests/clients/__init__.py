"""The feeds through the calendar apps that people use. `make clients` runs this, `make test` does not."""
