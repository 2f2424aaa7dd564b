"""A foreign file → references/*.bib, as a conversation: a preview, then one step that can be undone.

``preview`` compares what came in with the library and writes nothing;
``append`` writes what was chosen; ``undo`` takes an import back. ``paper``
does the same for the reference list in a paper's own text.
"""

from kb.convert.append import Done, append, bringing_citations, bringing_fields, undo
from kb.convert.paper import PaperPreview, add_references, preview_paper
from kb.convert.preview import Difference, Incoming, Preview, Source, preview

__all__ = [
    "Difference",
    "Done",
    "Incoming",
    "PaperPreview",
    "Preview",
    "Source",
    "add_references",
    "append",
    "bringing_citations",
    "bringing_fields",
    "preview",
    "preview_paper",
    "undo",
]
