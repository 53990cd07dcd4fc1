"""Chapter 14: autoencoders, which reproduce their input under a constraint."""
