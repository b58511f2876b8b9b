"""What the features `signals` and `bundles` are made of.

requests.py   what can be asked about signals, read from what was typed
drafts.py     a signal while it is being written: the form, and the values that buttons carry
giving.py     from a draft to a kept signal: two doors, the guard, the same signal first
showing.py    a signal, a list of them, somebody's own
labels.py     the words for phases, levels and addressees
triage.py     what coordinators do with signals
personal.py   what Brug keeps of somebody, and erasing it
letters.py    telling everybody who stands behind a signal what became of it
reporting.py  a bundle as a document, before anybody has drawn it
"""
