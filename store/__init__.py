"""What Brug knows, and keeps."""
