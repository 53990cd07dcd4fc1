"""Chapter 16: a generator and a discriminator play against each other."""
