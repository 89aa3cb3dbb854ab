"""How each LMS lays out what it hands out, a module each; the registry recognises which it is."""
