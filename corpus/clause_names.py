"""Names of clauses, as people would cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.numbering import SELF_SUFFICIENT, Family, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.drafts import Draft


def clause_names(drafts: Sequence[Draft]) -> list[str]:
    """Names that are unique in the document, as people would cite them: `12.2（1）`, `一/2`, `2/p1`."""
    names: list[str] = []
    taken: dict[str, int] = {}
    unnumbered: dict[int | None, int] = {}
    for draft in drafts:
        above = names[draft.parent] if draft.parent is not None else ""
        titled = draft.parent is not None and drafts[draft.parent].style.heading_level < 0
        above = "" if titled else above
        if draft.label is None:
            key = None if titled else draft.parent
            unnumbered[key] = unnumbered.get(key, 0) + 1
            name = f"{above}/p{unnumbered[key]}" if above else f"p{unnumbered[key]}"
        else:
            name = _label_name(draft, draft.label, above)
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else _free(name, taken))
    return names


def _free(name: str, taken: dict[str, int]) -> str:
    candidate = f"{name}~{taken[name]}"
    while candidate in taken:
        taken[name] += 1
        candidate = f"{name}~{taken[name]}"
    taken[candidate] = 1
    return candidate


def _label_name(draft: Draft, label: Label, above: str) -> str:
    mark = "-" if label.dashed else "."
    printed = mark.join(map(str, label.numbers)) if label.family is Family.DOTTED else "".join(label.printed.split())
    alone = label.family in SELF_SUFFICIENT and not (label.family is Family.DOTTED and len(label.numbers) == 1)
    if not above or (alone and not draft.listed):
        return printed
    joined = label.family is Family.CIRCLED or printed[0] in "（("
    return f"{above}{printed}" if joined else f"{above}/{printed}"
