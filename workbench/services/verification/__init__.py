"""Trust in the record: checked against itself, vouched for with a key, and put in words that a person signs."""
