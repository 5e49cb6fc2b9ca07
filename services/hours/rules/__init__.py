"""The rules about hours, each a small function: (command, state, facts) -> Rule | None."""
