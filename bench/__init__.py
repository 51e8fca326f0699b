"""`make bench`: measures speed and accuracy. A bad result does not make it fail."""
