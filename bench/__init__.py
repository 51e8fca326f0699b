"""`make bench`: measurements, which neither pass nor fail."""
