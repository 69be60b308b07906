"""Point sets of other programs on this figure's skin: recognised, laid onto it, written as a model."""
