"""`autograder explain`: grades one submission again and tells what each check asked and what came."""
