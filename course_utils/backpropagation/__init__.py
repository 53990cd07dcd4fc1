"""Chapter 05: derivatives by differences, by symbols, by dual numbers and in reverse."""
