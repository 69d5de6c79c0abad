"""The one door: Envoy's configuration as typed code, and the server of the web pages behind it."""
