"""Clients of services that every other one asks. They know contracts and meshkit, and no service's code."""
