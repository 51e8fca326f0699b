"""`make bench`: measures speed and accuracy. No figure makes it fail."""
