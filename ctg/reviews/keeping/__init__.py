"""What is kept for ever: adopted, numbered, sealed, and the register that lists it."""
