"""Tools that know nothing of backs: files, texts, tables, plain data, processes."""
