"""How a recording comes in."""
