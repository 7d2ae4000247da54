"""Reading a question: follow-up -> standalone question, the dates that it names, what kind of answer it asks for."""

from assistant.question.answer_type import QuestionType, answer_type_fit, question_type, speech_subject
from assistant.question.dates import DateRange, read_dates
from assistant.question.rewrite.follow_ups import standalone
from assistant.question.small_talk import is_small_talk

__all__ = [
    "DateRange",
    "QuestionType",
    "answer_type_fit",
    "is_small_talk",
    "question_type",
    "read_dates",
    "speech_subject",
    "standalone",
]
