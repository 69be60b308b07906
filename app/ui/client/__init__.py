"""Client mode: a practitioner plans, screens, explains and gives a treatment to the client beside him."""
