"""Short names of countries and levels: they find in their field, and are ordinary words anywhere else."""

import pytest

from kb.base import open_base
from kb.library import Library
from kb.search import compile_query


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("GB", "united-kingdom"),
        ("US", "united-states"),
        ("no", "norway"),
        ("SE", "sweden"),
        ("secondary", "secondary-prevention"),
        ("Tertiary", "tertiary-prevention"),
    ],
)
def test_a_field_knows_a_country_by_its_code_and_a_level_by_its_number(
    shipped: Library, name: str, slug: str
) -> None:
    """ISO 3166, in whatever case; “secondary” as people say it."""
    with open_base(shipped.database) as base:
        assert base.thesaurus.resolve(name) == (slug,)


def test_every_country_has_its_code(shipped: Library) -> None:
    """But for parts of countries, and groups of them."""
    groups = {"england-and-wales", "scotland", "northern-ireland", "europe", "european-union"}
    groups |= {"german-speaking-countries", "international-sample"}
    with open_base(shipped.database) as base:
        countries = [line.slug for line in base.topic_lines() if line.facet == "country"]
        coded = {
            slug
            for slug in countries
            for label in base.topic(slug).labels
            if label.status == "hidden" and label.exact and len(label.text) == 2
        }
    assert set(countries) - coded == groups


@pytest.mark.parametrize(
    "query", ["US", "us", "NO", "no effect", "AT RISK", "BE", "ES", "SE", "CH", "primary", "secondary data"]
)
def test_no_code_is_read_into_a_query(shipped: Library, query: str) -> None:
    """“NO”, “US” and “secondary” are words there, as they are written."""
    with open_base(shipped.database) as base:
        named = {one.topic for one in compile_query(query, base.thesaurus).expansions}
        assert named.isdisjoint(
            line.slug for line in base.topic_lines() if line.facet in {"country", "level"}
        )
