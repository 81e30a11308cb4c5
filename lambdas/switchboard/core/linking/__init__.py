"""One person behind several addresses: linked, merged and separated again."""
