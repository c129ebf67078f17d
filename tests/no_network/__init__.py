"""What stands between the tests and the network."""
