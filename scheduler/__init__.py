"""What happens by the clock. Nothing here knows a platform, and nothing above asks the hour.

Read it in this order:

    courier.py    who brings letters to a platform: the port that each room implements
    post.py       every letter arrives once: the protocol of delivery
    digests.py    which digests are due, one letter or one silence each
    timetable.py  the clock that says "look now"
    decisions/    what binds: why the post works as it does
"""
