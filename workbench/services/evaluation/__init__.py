"""How good suggestions are where the truth is known: measured, in words, and as a page."""
