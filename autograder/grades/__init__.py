"""What a class's reports come to: the roster, decisions by hand, what came late, the final score."""
