"""Processes in which untrusted documents are read: what one does there stops no other and not the program."""
