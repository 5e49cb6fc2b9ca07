"""Certificates on real servers, fed by logs of the tests."""
