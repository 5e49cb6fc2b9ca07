"""What leaves: the relay that publishes the log, and the heartbeat that says how far."""
