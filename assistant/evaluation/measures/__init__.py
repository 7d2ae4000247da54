"""The definitions of what is measured, with their sources; ``evaluation.scores`` gives them their names."""
