"""The gRPC face of the use case."""
