"""The query boundary: proposed SQL in, SQL that its asker may run out, or a typed refusal.

A pure library: no driver, no network, no clock. `guard.guard` is its one door.
"""
