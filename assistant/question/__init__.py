"""Reading a question: follow-up -> standalone question, the dates that it names, what kind of answer it asks for."""
