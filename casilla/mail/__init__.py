"""What leaves as a letter.

`cartas` writes each letter (a pure function of facts), `hoja` lays it out as text and as HTML, `sobre` turns it into
the bytes that travel, `transporte` hands those bytes over. Nothing here reads the store or decides when to send.
"""
