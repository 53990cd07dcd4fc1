"""What the usual mistakes of the notebook give, for the diagnoses of its tests."""
