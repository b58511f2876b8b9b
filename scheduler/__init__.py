"""What happens by the clock. Nothing here knows a platform, and nothing above asks the hour.

Read it in this order:

    courier.py    who brings letters to a platform: the port that each room implements
    post.py       every letter arrives once: the protocol of delivery
    digests.py    which digests are due, one letter or one silence each
    gaps.py, reminders.py, forgetting.py
                  a side with nobody; a signal that waits and a moment that nears; reporters after
                  a year, and letters
    apart.py      one thing at a time: what is wrong with one keeps no others waiting
    chores.py     the one table of what happens by the clock
    timetable.py  the clock that says "look now"
    decisions/    what binds: why the post works as it does
"""
