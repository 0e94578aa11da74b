"""Registration of a person, ``/registro`` (guide, screens 4 to 11): a page for each step, in order."""
