"""The one way to show a work, a number, a topic, a claim; and what pages are put together from."""
