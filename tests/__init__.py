"""The tests of the platform, by area; shared things come from builders and fixtures."""
