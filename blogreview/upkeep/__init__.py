"""Keeping the clock's promises: what must happen at a moment, whether or not anybody is looking."""
