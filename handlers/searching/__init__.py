"""The search behind `/aanbod`, `/vorming`, `/praktijk`, `/netwerk` and `/agenda` (F11, F12, F16).

One question goes the same way for all of them. Read in this order: `understanding.py`, what is
asked; `finding.py`, the door; `listing.py`, a page of what was found, and what its `data` holds;
`ways_on.py`, when nothing was.
"""
