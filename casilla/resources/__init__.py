"""What is kept: every class whose objects live in the store, and nothing else.

A stored class is never renamed nor moved: the store names it by its path (tests/architecture keeps the list).
Attributes hold str, int, bytes, bool, date, aware datetime in UTC, tuple, Persistent, BTrees or Blob; each has an
immutable class default and is stored by ``__init__``.
"""
