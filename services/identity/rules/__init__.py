"""Every reason for identity to say no, and who may do what."""
