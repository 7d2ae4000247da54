"""Built cases of one story told twice and of two stories told alike, written for the purpose.

``TOGETHER`` and ``APART`` name pairs of texts; the thresholds of ``ingest.duplicates`` stand between the two.
"""

from __future__ import annotations

LEAD = (
    "The port of Tarnholm will close its northern basin for six weeks from Monday after divers found that the quay "
    "wall had moved by eleven centimetres, the harbour board said on Thursday.\n\n"
    "Ferries to the outer islands will leave from the fish dock instead, and freight will be sent through Osvik, "
    "forty kilometres up the coast. The board put the cost of the repair at 14 million crowns."
)
BODY = (
    "“We would rather lose six weeks in spring than a ship in autumn,” said harbour master Ragna Lindqvist. She said "
    "that the wall, built in 1931, had last been inspected nine years ago and that nobody had then seen a reason to "
    "look again before the end of the decade.\n\n"
    "Fishermen were less calm. Their association said that forty boats had nowhere to land their catch, and that the "
    "fish dock, which is shallow, can be reached at high water only. “Nobody asked us,” its chairman Olaf Brandt told "
    "reporters. “We read it on a notice that was taped to the ice house.”\n\n"
    "The town council will meet on Tuesday to decide whether those who lose business are to be paid out of the "
    "reserve for storms. The mayor said that he saw no other fund from which such a sum could be taken this year."
)
WIRE = f"{LEAD}\n\n{BODY}"

ADDED = (
    "In Osvik the news was welcomed. The port there has stood half empty since the paper mill closed, and its director "
    "said that two cranes which had been put up for sale would be taken off the market for as long as they are needed."
)
OTHER_PUBLISHER = (
    f"TARNHOLM (Coast Agency) — {WIRE}\n\nReporting by the Coast Agency's desk. The Daily Beacon brings you the news "
    "of the shore every morning. Sign up for our letter, or call the newsroom with what you know."
)
EDITED = (
    WIRE.replace("said on Thursday", "announced Thursday")
    .replace("Fishermen were less calm. Their association said", "The fishermen's association said")
    .replace("“Nobody asked us,” its chairman Olaf Brandt told reporters. ", "")
    .replace("The town council will meet on Tuesday", "The council meets Tuesday")
)
CORRECTED = WIRE.replace("eleven centimetres", "seven centimetres").replace("14 million", "41 million")

ANOTHER_REPORT = (
    "Islanders woke on Friday to a ferry timetable that nobody had printed. With the north basin at Tarnholm shut from "
    "Monday because its quay is sliding into the water, the boats are to sail from the fish dock, where there is no "
    "waiting room and, twice a day, not enough water.\n\n"
    "Ragna Lindqvist, who runs the harbour, defended the decision. “We would rather lose six weeks in spring than a "
    "ship in autumn,” she said. At the bakery opposite, Marte Holm counted what it would cost her: two thirds of her "
    "customers come off the morning boat. “Six weeks is what they say,” she said. “It was six weeks for the bridge as "
    "well, and that took a year.”\n\n"
    "On the islands themselves people were ordering flour, lamp oil and feed. The school on Great Skerry has asked the "
    "board for a boat of its own, so that eleven pupils need not leave home at five in the morning."
)
_BACKGROUND = (
    "The dispute began in March, when the ministry withdrew the licence of the valley's only dairy. The farmers went "
    "to court and won; the ministry appealed, and the case has been before the high court in Lenz since September. In "
    "the meantime milk is driven ninety kilometres over the pass, which costs the farms about a fifth of what they "
    "earn, and eleven of the sixty have given up."
)
SERIES = (
    "A judge in Lenz on Monday allowed three farmers to speak for the whole valley in the case of the closed dairy. "
    "Until now each of the forty-nine who are left had to send a lawyer. “It means that we can milk in the morning and "
    "still be heard,” said Anna Reuss, who keeps twenty cows above Salten. The ministry had opposed it.\n\n"
    f"{_BACKGROUND}",
    "The bank that lent the valley's dairy its cheese vats wants them back. In a letter that the farmers made public "
    "on Friday it gives them until the end of November, or the vats will be auctioned. The cooperative answered that "
    "they are bolted to a floor which belongs to someone else, and that it would like to see the bank try.\n\n"
    f"{_BACKGROUND}",
)


def weather(day: str, low: int, high: int, wind: str, knots: int, rain: int, tomorrow: str) -> str:
    """A day's forecast."""
    return (
        f"Forecast for the coast, {day}. Temperatures between {low} and {high} degrees. Winds from the {wind} at "
        f"{knots} knots, stronger in gusts off the headlands. Chance of rain {rain} per cent, most of it after noon. "
        f"Visibility {rain // 9 + 2} kilometres. High water at Tarnholm at {low}.{knots} and {high}.{rain}. The "
        f"outlook for the day after is {tomorrow}. Small craft are asked to listen to the harbour's channel."
    )


def market(day: str, index: str, change: str, first: str, gain: str, second: str, loss: str, oil: str) -> str:
    """A day's market report."""
    return (
        f"Shares on the Norvik exchange closed {change} on {day}, with the index of the thirty largest companies at "
        f"{index} points. {first} led the gainers, up {gain} per cent, while {second} fell {loss} per cent. A barrel "
        f"of crude oil for delivery next month cost {oil} dollars in late trading. The crown was little changed "
        f"against the euro. Volume was below the average of the last thirty days. The exchange opens again at nine."
    )


def scores(round_number: int, results: tuple[str, str, str, str], leader: str, points: int) -> str:
    """A round's results."""
    lines = " ".join(f"{line}." for line in results)
    return (
        f"Results of round {round_number} in the northern league. {lines} {leader} lead the table with {points} points "
        f"from {round_number} matches. The first two go up at the end of the season and the last two go down. Round "
        f"{round_number + 1} is played on Saturday, with all matches starting at three o'clock."
    )


TOGETHER: dict[str, tuple[str, str]] = {
    "cut to its first paragraphs": (WIRE, LEAD),
    "cut by a third": (WIRE, WIRE[: WIRE.index("The town council")].strip()),
    "a paragraph added at the end": (WIRE, f"{WIRE}\n\n{ADDED}"),
    "a paragraph added in the middle": (WIRE, f"{LEAD}\n\n{ADDED}\n\n{BODY}"),
    "cut, and a paragraph added": (WIRE, f"{WIRE[: WIRE.index('The town council')]}{ADDED}"),
    "another publisher's dateline and boilerplate": (WIRE, OTHER_PUBLISHER),
    "cut, with a dateline": (WIRE, f"TARNHOLM (Coast Agency) — {LEAD}"),
    "sub-edited": (WIRE, EDITED),
    "two figures corrected": (WIRE, CORRECTED),
}

APART: dict[str, tuple[str, str]] = {
    "two reports on one event, one quotation in both": (WIRE, ANOTHER_REPORT),
    "two stories of a series, the same background paragraph": SERIES,
    "the weather of two days": (
        weather("Tuesday 4 May", 6, 13, "north-west", 18, 40, "bright and dry"),
        weather("Wednesday 5 May", 8, 15, "south", 11, 75, "cloudy with showers"),
    ),
    "the market on two days": (
        market("Tuesday", "1,204.6", "0.4 per cent higher", "Bergsted Line", "3.1", "Norvik Bank", "1.8", "61.20"),
        market("Friday", "1,188.2", "0.9 per cent lower", "Halden Paper", "2.2", "Bergsted Line", "4.0", "60.75"),
    ),
    "the results of two rounds": (
        scores(11, ("Osvik 2, Tarnholm 1", "Lenz 0, Salten 0", "Norvik 3, Halden 1", "Skerry 1, Brenn 4"), "Brenn", 25),
        scores(12, ("Tarnholm 0, Lenz 2", "Salten 1, Norvik 1", "Halden 2, Skerry 0", "Brenn 1, Osvik 2"), "Osvik", 26),
    ),
}
