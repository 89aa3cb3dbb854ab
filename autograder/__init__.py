"""One assignment, REINFORCE on Atari Pong, and the autograder that scores it in a container."""
