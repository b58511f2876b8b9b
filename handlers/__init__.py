"""What Brug can do. One file is one feature; `FEATURES` is the table of contents."""
