"""Chapter 4: layers, and what one hidden layer can build."""
