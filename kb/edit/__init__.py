"""A person's decision → a text file, whole or not at all."""

from kb.edit.decisions import forget_decision, record_decision
from kb.edit.entries import set_fields
from kb.edit.lists import add_to_list, move_in_list, new_list, remove_from_list
from kb.edit.skeletons import new_note

__all__ = [
    "add_to_list",
    "forget_decision",
    "move_in_list",
    "new_list",
    "new_note",
    "record_decision",
    "remove_from_list",
    "set_fields",
]
