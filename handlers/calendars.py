"""An entry as a file for somebody's own calendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from store.directory import Offering, Session

CALENDAR = "brug.ics"
"""What the file is called."""

_USUALLY = timedelta(hours=1)


def link_to_add(one: Offering, session: Session) -> str:
    """Return the address at which one adds a session to a calendar of Outlook.

    The parameters are those of Outlook's own links; Microsoft documents none.
    """
    asked = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": one.name,
        "location": session.place or ", ".join(one.locations),
        "startdt": _moment(session.begins),
        "enddt": _moment(session.ends or session.begins + _USUALLY),
    }
    return f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(asked)}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def as_calendar(one: Offering, sessions: Sequence[Session], now: datetime) -> str:
    """Return these sessions of an entry as the text of an .ics file."""
    # Measured: icalendar costs 0.1 s of a start, and few questions end in a calendar.
    from icalendar import Calendar, Event  # noqa: PLC0415

    made = Calendar.new(prodid="-//Brug//nl")
    for session in sessions:
        made.add_component(
            Event.new(
                uid=f"offering-{one.id}-{session.begins:%Y%m%dT%H%M}@brug",
                stamp=now,
                start=session.begins,
                end=session.ends,
                summary=one.name,
                location=session.place or ", ".join(one.locations),
                description=one.description,
            )
        )
    return made.to_ical().decode()
