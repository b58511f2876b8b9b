"""What Brug hears: from free words to something it knows. Pure functions over text."""
