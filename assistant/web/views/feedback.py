"""What a reader thinks of an answer: thumbs, and a place for a comment."""

from __future__ import annotations

from markupsafe import Markup

from assistant.conversations import Feedback, Rating
from assistant.web.html import button


def feedback_view(number: int, feedback: Feedback | None) -> list[Markup]:
    """Thumbs for an answer, and a place for a comment once there is one of them."""
    given = feedback.rating if feedback else None
    thumbs = [
        button(
            "",
            action="rate",
            value=number,
            class_=f"quiet thumb {rating.value}",
            aria_label=label,
            title=label,
            aria_pressed="true" if given is rating else "false",
            data_rating=rating.value,
        )
        for rating, label in ((Rating.UP, "Good answer"), (Rating.DOWN, "Bad answer"))
    ]
    comment = feedback.comment if feedback else ""
    commented = button(
        "Edit comment" if comment else "Add a comment",
        action="comment",
        value=number,
        class_="quiet comment",
        data_comment=comment,
        hidden=feedback is None,
    )
    return [*thumbs, commented]
