"""What a class's reports come to: who is in it, what was decided, what came late."""
