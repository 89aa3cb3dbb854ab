"""What a class's reports come to: who is in it, what was decided by hand, what is late, the final score."""
