"""Anatomy in the window: layers on the skin, how a point is found, ruler, expressions, the inset."""
