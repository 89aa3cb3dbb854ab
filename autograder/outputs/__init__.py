"""What people read, made from reports alone: tables on the terminal and for a spreadsheet."""
