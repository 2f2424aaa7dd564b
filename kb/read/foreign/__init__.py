"""Other programs' files → entries: each reader fills ``Record``s, and one place makes entries of them.

A foreign reader is a module with two functions: ``looks(head)`` says whether
the beginning of a file is its format, and ``read(content, path, *, encoding)``
gives entries and problems. ``kb.read.formats`` lists them.
"""
