"""HTTP: commands in, answers and refusals out. Every request is authorised, every no has a rule."""
