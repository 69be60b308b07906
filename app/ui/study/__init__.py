"""Study mode: cards about the points, an exam, and how far one has come."""
