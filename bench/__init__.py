"""`make bench`: measures speed and accuracy. Bad figures do not make the command fail."""
