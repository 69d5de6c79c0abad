"""The command `infinure`: starts the mesh on one machine, keeps it running, and says how it is."""
