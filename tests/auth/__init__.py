"""The auth service, asked over grpc."""
