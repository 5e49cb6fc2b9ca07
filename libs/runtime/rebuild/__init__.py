"""Rebuilding a service's views from what happened, beside the live ones, and swapping them.

The own log is folded stream by stream, the kept events of other services subject by subject:
memory is flat, time linear, and nothing is emitted. What was done stands beside the new tables
(`views_next`), so that it can be stopped and resumed. At the end the tail is drained and the two
versions are compared; equal ones swap under the write lock, unequal ones wait for a person.
"""
