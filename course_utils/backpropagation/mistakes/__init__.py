"""What the usual mistakes in this chapter's questions would give, so that a test can name them."""
