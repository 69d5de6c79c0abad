"""Single sign-on: an organization's own e-mail domains and identity providers, and coming in by them."""
