"""Figures, each beside its ceiling or a peer from the same run: `make bench`."""
