"""Casilla: the electronic mailbox by which a public institution notifies with legal effect."""
