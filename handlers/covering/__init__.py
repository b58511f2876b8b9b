"""What `handlers/coverage.py`, the feature, is made of.

Read in this order: `asking.py`, what is asked; `regions.py`, the answer for a place, a region or
all of them; `persons.py`, the answer about somebody; `saying.py`, what all of them are made of.
"""
