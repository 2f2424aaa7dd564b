"""A person's decision → a text file, whole or not at all."""

from kb.edit.decisions import forget_decision, record_decision
from kb.edit.entries import set_fields
from kb.edit.lists import add_to_list, move_in_list, new_list, remove_from_list
from kb.edit.searches import forget_run, record_run, save_search
from kb.edit.skeletons import new_note

__all__ = [
    "add_to_list",
    "forget_decision",
    "forget_run",
    "move_in_list",
    "new_list",
    "new_note",
    "record_decision",
    "record_run",
    "remove_from_list",
    "save_search",
    "set_fields",
]
