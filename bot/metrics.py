"""What is counted while Brug runs, in the format that everything scrapes (`/metrics`).

Counts and durations only; a label is a word of ours, never a name, a number or what was typed.
"""

from prometheus_client import Counter, Gauge, Histogram

REFUSED = Counter(
    "brug_refused_requests", "Requests that did not come through the gate.", ["reason"]
)
CAME = Counter("brug_requests", "What came in, by room and sort.", ["room", "sort"])
REPEATED = Counter("brug_repeated", "What had come before, and had no second effect.", ["room"])
SHED = Counter("brug_shed", "What was refused because all hands were full.", ["room"])
UNSENT = Counter("brug_unsent", "Answers that a platform did not take.", ["room", "method"])
LOCKED_OUT = Counter(
    "brug_locked_out",
    "Times that a platform let no letter through because of Brug's account.",
    ["room", "code"],
)
FAULTS = Counter("brug_faults", "Faults of ours in a room.", ["room"])
CONNECTED = Gauge("brug_socket_connected", "Whether events can come in over the socket.", ["room"])
RECONNECTED = Counter("brug_socket_replaced", "Sockets that the watchdog replaced.", ["room"])
ANSWERED = Histogram(
    "brug_answer_seconds",
    "From the arrival of a question to its answer.",
    ["room"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
