"""The trainer's editor: a room in which points can be placed and moved, and groups and goals be made."""
