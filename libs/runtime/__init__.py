"""The machinery, written once: log, batch, relay, reactions, timers, rebuild, web."""
