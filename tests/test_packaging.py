"""What a newcomer's `make` relies on: pins, settings, and the files of the package."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kb.library import open_library

ROOT = Path(__file__).parent.parent


def asked_for() -> list[Requirement]:
    """Every requirement of pyproject.toml: to run, to develop, to build."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = settings["project"]
    lines = [*project["dependencies"], *settings["build-system"]["requires"]]
    lines += [line for extra in project["optional-dependencies"].values() for line in extra]
    return [Requirement(line) for line in lines]


def pinned() -> dict[str, str]:
    """The version of each library in constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def test_every_library_is_pinned_to_a_version_that_will_do() -> None:
    """Two people who type `make` on different days get the same libraries."""
    versions = pinned()

    missing = [r.name for r in asked_for() if canonicalize_name(r.name) not in versions]
    outside = [
        str(r)
        for r in asked_for()
        if r.name not in missing and versions[canonicalize_name(r.name)] not in r.specifier
    ]

    assert (missing, outside) == ([], [])


def test_no_address_of_a_package_index_is_written_down() -> None:
    """Where packages come from is each machine's own setting."""
    written = [
        ROOT / "Makefile",
        ROOT / "constraints.txt",
        ROOT / "pyproject.toml",
        *(ROOT / ".ci").iterdir(),
    ]

    found = [
        path.name
        for path in written
        if re.search(r"index-url|find-links|extra-index|pypi\.org", path.read_text("utf-8"))
    ]

    assert found == []


def test_the_schema_is_part_of_the_package() -> None:
    """The store's tables come with the package, not from the work tree."""
    assert files("kb").joinpath("store/schema.sql").read_text("utf-8").startswith("--")


def test_the_shipped_settings_are_understood() -> None:
    """kb.toml names help services, each with an address that can be followed."""
    library = open_library(ROOT)

    assert library.help_lines
    assert all(line.where and line.url.startswith("https://") for line in library.help_lines)
