"""Known wrong ideas: which of them a student's function shares, and the sentence that helps."""
