"""The browser: pages that ask the base and show what it answers. No SQL, no algorithm.

``frame`` draws what every page has; each page is a module with a function
``show()``; ``parts`` has the one way to show a work, a number, a topic, a claim.
"""

__all__ = ["start"]


def start() -> None:
    """Draw the page that the URL names; called by the script that Streamlit runs."""
    from kb.pages.frame import draw  # at need: `kb serve` starts a server without importing Streamlit

    draw()
