"""From many files to tables, with nothing lost."""
