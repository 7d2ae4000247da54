"""The commands of the command line, a module each; nothing here is imported before its command runs."""
