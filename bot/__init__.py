"""The running program, and the rooms that Brug works in.

Read in this order:

    commands.py     the command line (`brug`); __main__.py  starts it
    settings.py     every setting, read once
    wiring.py       the only place where objects meet; clockwork.py  the same for the post
    assistant.py    a call comes in, an answer goes out: transaction, rights, refusals, faults
    asked.py        what may come in; outcomes.py  what is said when it is no plain answer
    once.py         told = stored, and only once; crew.py  the threads behind rooms that await
    recent.py       what somebody asked last, for thirty minutes
    atlas.py        the names of places, read once; warming.py  slow first steps, at the start
    presses.py, lines.py, tidying.py, characters.py
                    what every room needs to draw an answer and to take a button back
    console/        a terminal: listen.py, render.py, drawing.py, chat.py
    slack/          Slack: listen.py, render.py, deliver.py, manifest.py, and what they use
    teams/          Teams: render.py; its room follows
    serving.py      one server for all rooms, `/healthz`, `/metrics`; health.py  `brug check`
    machine.py      an answer for machines; directory.py  import, export
    logs.py         what may be logged: never what people typed
"""
