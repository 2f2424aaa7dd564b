"""A drawing on the page: SVG is put there by a component, since Streamlit's own HTML takes none."""

import streamlit as st

from kb.pages.parts.markup import Html

_SCRIPT = """
export default function({ data, parentElement }) {
  const place = parentElement.querySelector('.kb-drawing');
  const svg = new DOMParser().parseFromString(data, 'image/svg+xml').documentElement;
  place.replaceChildren(document.importNode(svg, true));
  const centre = place.querySelector('.centre circle');
  if (centre) {
    const from = centre.getBoundingClientRect().x - place.getBoundingClientRect().x;
    place.scrollLeft += from - place.clientWidth / 2;
  }
}
"""


def draw(svg: Html) -> None:
    """Put the drawing here; on narrow screens it scrolls sideways, so that its words stay readable."""
    component = st.components.v2.component(
        "kb_drawing", html='<div class="kb-drawing"></div>', js=_SCRIPT, isolate_styles=False
    )
    component(data=str(svg), key="kb_drawing")
