"""Reading a student's notebook: bytes in, the cells to run out. Nothing of it is executed here."""
