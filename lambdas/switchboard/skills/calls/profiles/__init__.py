"""How somebody's calls are analysed, in versions."""
