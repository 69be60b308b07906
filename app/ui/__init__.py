"""The window. Truth is the library (frozen) and the view state (state.py); every widget here only shows them."""
