"""What a change of checks, weights or master does to reports that are there already."""
