"""Pure rules: no Flask, no database, no clock, and no randomness but what is passed in."""
