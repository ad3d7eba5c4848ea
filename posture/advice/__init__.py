"""A verdict comes in; what to do with it goes out: red flags, exercises, the wall test."""
