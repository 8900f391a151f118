"""How much of the work holds: samples, double keying, and what survived review."""
