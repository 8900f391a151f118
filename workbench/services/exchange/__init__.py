"""Between copies of an edition, and between readings of a page: bundles, merging, a new OCR."""
