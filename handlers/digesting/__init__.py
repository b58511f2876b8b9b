"""What a digest is made of; `handlers/digests.py` is the feature, the scheduler sends it.

Read in this order: `slots.py`, when it is due; `free_days.py`, when it stays away; `blocks.py`,
what it tells; `composing.py`, how that becomes one short message; `wishes.py`, what people ask of
it; `showing.py`, how its settings and history are said.
"""
