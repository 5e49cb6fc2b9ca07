"""What operators see: logs, metrics, traces. Never personal data."""
