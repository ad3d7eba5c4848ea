"""Chores of the project that are no part of the program."""
