"""How well an assignment's hidden checks tell right from wrong: every case and every mutant, graded."""
