"""The gRPC door: read, call, render."""
