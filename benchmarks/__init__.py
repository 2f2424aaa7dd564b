"""How fast the library is, beside something that does the same work and no more.

``python -m benchmarks`` asks every question; each has a module of its own. Only
ratios carry from one machine to another: each figure stands beside a peer that
was measured in turn with it.
"""
