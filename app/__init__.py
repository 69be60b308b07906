"""Facepoints: a 3D figure with the acupuncture points of every skin goal on it."""

__version__ = "0.1.0"
