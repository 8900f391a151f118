"""Page images: opened, cut to what is looked at, marked, and put into what a terminal can show.

Pillow is imported inside the functions that need it: it takes 30 ms, and only a worker ever calls them.
"""
