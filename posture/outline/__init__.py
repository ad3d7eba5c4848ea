"""Photo, mask and trunk frame come in; the smooth back line goes out, and how sure it is."""
