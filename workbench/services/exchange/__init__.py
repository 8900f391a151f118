"""Between copies of an edition, and between readings of a page: bundles, merging, git, a new OCR."""
