"""The translation memory: store units, index them, look them up and adapt them."""
