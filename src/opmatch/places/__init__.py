"""Where places are: US ZIP codes and cities from a compiled table, and distances between points."""
