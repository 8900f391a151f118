"""Word work: the words of a document or an edition, counted, listed by what is odd about them, and taken for right."""
