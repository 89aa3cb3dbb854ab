"""What an LMS hands out becomes submissions, with every entry accounted for."""
