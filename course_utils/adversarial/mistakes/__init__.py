"""What the usual mistakes would give: the diagnoses of chapter 16's notebook."""
