"""What people read or import, made from reports alone; the registry finds each output by its name."""
