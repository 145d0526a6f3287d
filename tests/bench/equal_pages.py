"""Equal pages: the corpus as plain Markdown for other engines (still to be written)."""
def write_tree(made, to):
    raise NotImplementedError
