"""Results of papers, measured anew at full size, and stored with all that they need."""
