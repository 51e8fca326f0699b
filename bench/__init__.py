"""`make bench`: measures speed and accuracy. No figure is a pass or a fail."""
