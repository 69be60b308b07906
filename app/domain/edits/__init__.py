"""Edits of a trainer's set: pure functions from one document to the next, named for the undo menu.

A set extends the built-in library (`base`): what is changed of it is copied into the set first, and the base
stays as it is. Every function returns an `Edit` or raises `EditProblem`, and what it returns can be saved and joined.
"""
