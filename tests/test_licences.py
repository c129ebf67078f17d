"""Everything that an installation brings along may be used, changed and sold on by whoever installs it."""

from __future__ import annotations

import importlib.metadata
import re

from packaging.requirements import Requirement

PERMISSIVE = re.compile(
    r"(?:MIT(?:-CMU)?|Apache(?:[- ]2\.0)?|BSD(?:-[23]-Clause)?|[23]-Clause BSD|0BSD|ISC|PSF-2\.0|Zlib|CC0-1\.0)"
    r"(?: (?:Software )?License)?(?: \(ISCL\))?|dependency licenses"
)
WEAK = re.compile(r"MPL-2\.0|Mozilla Public License 2\.0 \(MPL 2\.0\)")
"""Copyleft for its own files alone; they are used as they come."""
WEAK_ONES = {"certifi", "orjson", "tqdm"}


def licence_of(name: str) -> str:
    """Say what a package states: an SPDX expression (PEP 639), or its classifiers."""
    told = importlib.metadata.metadata(name)
    classified = [one.rpartition("::")[2].strip() for one in told.get_all("Classifier") or () if "License ::" in one]
    return told.get("License-Expression") or " AND ".join(classified) or (told.get("License") or "").partition("\n")[0]


def brought_along() -> set[str]:
    """Names of the default installation: what the project needs, and what that needs."""
    found, left = set(), ["clauselight"]
    while left:
        name = re.sub(r"[-_.]+", "-", left.pop()).lower()
        if name not in found:
            found.add(name)
            needs = map(Requirement, importlib.metadata.requires(name) or ())
            left += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return found


def test_every_licence_is_permissive() -> None:
    """MIT, BSD, Apache and the like; three packages under the Mozilla licence, by name."""
    names = brought_along()
    assert len(names) > 50
    assert not {"torch", "sentence-transformers"} & names
    odd = {}
    for name in names:
        parts = re.split(r" AND | OR |, ", licence_of(name).replace("(Apache", "Apache").replace("MIT)", "MIT"))
        weak = {part for part in parts if WEAK.fullmatch(part)}
        if (weak and name not in WEAK_ONES) or not all(PERMISSIVE.fullmatch(one) for one in set(parts) - weak):
            odd[name] = parts
    assert odd == {}
