"""The whole province on one machine: real Kafka, real PostgreSQL, every service."""
