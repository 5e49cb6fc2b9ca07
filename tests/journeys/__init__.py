"""The story as people live it, over the public API of everything at work; nothing is mocked."""
