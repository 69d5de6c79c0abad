"""The passes: each is a function of a draft that gives a draft further on its way, or refuses."""
