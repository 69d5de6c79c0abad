"""Tests of the command, the launchers and the supervisor."""
