"""Dates: one grammar of months, days and years; what dates a document, a sentence and a question by it."""
