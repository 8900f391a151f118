"""Working on one document: its rows and places, what can be done at a place, and the ways from one to the next."""
