"""What a class's reports come to: who is in it, what was decided by hand, what came late, and the final score."""
