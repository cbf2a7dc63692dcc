"""Measurements of the promises that tests are too short for."""
