"""Looking back: the entries of the journal, and the texts as of any of them."""
