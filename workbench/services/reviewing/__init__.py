"""What others say of decisions, how documents stand, and settling what was decided apart."""
