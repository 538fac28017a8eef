"""So what: indicators → findings → words → document. The only floor that counts."""
