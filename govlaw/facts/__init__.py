"""From a sentence to what it states."""
