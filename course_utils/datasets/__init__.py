"""Data sets that are downloaded once: where they lie, how they come there, how they are read."""
