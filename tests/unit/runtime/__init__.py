"""The machinery's pure parts."""
