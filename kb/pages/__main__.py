"""The script that Streamlit runs: see ``kb.pages.server``."""

from kb.pages import start

start()
