"""One module per issuer's format. A reader turns bounded material into a ``ParsedList``, or refuses it."""
