"""A page for each student and one for the class, made from reports and notebooks."""
