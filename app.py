"""The browser: `streamlit run app.py`, or better `kb serve`."""

from kb.pages import start

start()
