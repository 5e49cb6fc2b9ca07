"""The log and the one transaction that writes it: queue, batch, answers, streams, encoding."""
