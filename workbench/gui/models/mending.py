"""What a mend changes in an experiment, how one sees that it was applied, and what takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.contracts.findings import Finding, Mend
from workbench.contracts.mends import in_order

Settings = Mapping[str, Mapping[str, Any]]  # Any: each setting has its own type
"""Settings by section. In what is to be changed, None leaves a setting to be decided again."""

NAMES = ("data", "mends")
"""The one setting that holds several mends at once: their names, with spaces between."""


def applied(mend: Mend, given: Settings) -> bool:
    """Whether everything that a mend sets stands in the given settings."""
    return any(mend.settings.values()) and all(
        set(_names(value)) <= set(_names(given[section].get(name)))
        if (section, name) == NAMES
        else given[section].get(name) == value
        for section, values in mend.settings.items()
        for name, value in values.items()
    )


def mended_by(finding: Finding, given: Settings) -> Mend | None:
    """The mend of a finding that is applied; of several the one that sets the most."""
    found = [mend for mend in finding.mends if applied(mend, given)]
    return max(found, key=lambda mend: sum(map(len, mend.settings.values())), default=None)


def changes(mend: Mend, given: Settings) -> dict[str, dict[str, Any]]:
    """What to change in the given settings to apply a mend."""
    made = {section: dict(values) for section, values in mend.settings.items()}
    section, name = NAMES
    if name in made.get(section, {}):
        made[section][name] = " ".join(dict.fromkeys((*_names(given[section].get(name)), *_names(made[section][name]))))
    return made


def of_rows(finding: Finding) -> Mend | None:
    """The recommended mend, where it changes rows and decides nothing else, such as the task or how the file is read."""
    return finding.mends[0] if finding.mends and finding.mends[0].of_rows else None


def together(mends: Iterable[Mend]) -> Mend:
    """Mends of rows as one, in the order in which none hides from another what it looks for: texts, labels, rows."""
    section, name = NAMES
    names = {each for mend in mends for each in _names(mend.settings[section][name])}
    return Mend(name="", does="", settings={section: {name: " ".join(in_order(names))}})


def way_back(mend: Mend, given: Settings) -> dict[str, dict[str, Any]]:
    """What `changes` are to be taken back with, in terms of the settings before: of names of mends those that it adds."""
    back = {section: {name: given[section].get(name) for name in values} for section, values in mend.settings.items()}
    section, name = NAMES
    if name in back.get(section, {}):
        before = _names(given[section].get(name))
        back[section][name] = " ".join(each for each in _names(mend.settings[section][name]) if each not in before)
    return back


def returned(back: Settings, given: Settings) -> dict[str, dict[str, Any]]:
    """What to change in the given settings to go a way back; mends that were added since stay."""
    made = {section: dict(values) for section, values in back.items()}
    section, name = NAMES
    if name in made.get(section, {}):
        gone = _names(made[section][name])
        made[section][name] = " ".join(each for each in _names(given[section].get(name)) if each not in gone) or None
    return made


def way_back_unseen(mend: Mend) -> dict[str, dict[str, Any]]:
    """The way back where nobody saw what stood there before, as in an experiment that was opened: all is left to be decided."""
    return way_back(mend, {section: {} for section in mend.settings})


def _names(value: object) -> Iterable[str]:
    return str(value or "").split()
