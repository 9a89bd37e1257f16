"""From tables to pages."""
