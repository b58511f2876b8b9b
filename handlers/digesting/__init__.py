"""What a digest is made of; `handlers/digests.py` is the feature, the scheduler sends it.

Read in this order: `slots.py`, when it is due; `free_days.py`, when it stays away; `scope.py`,
what a block is; `who.py`, `phases.py`, `entries.py` and `missing.py`, what they tell; `blocks.py`,
the list of them; `composing.py`, how that becomes one short message; `wishes.py`, what people ask
of it; `showing.py`, how its settings and history are said.
"""
