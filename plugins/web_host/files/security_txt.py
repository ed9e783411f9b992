""".well-known/security.txt, by RFC 9116: whom to tell about a vulnerability."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ..codes import BAD_HOST_SETTING, EXPIRES_SOON, NOT_LOOKED_FOR, PASSED_DATE
from ..facts.site import Site
from ..settings_faults import SettingFault

NAME, SETTING = ".well-known/security.txt", "SECURITY_TXT"
_CONTACT, _EXPIRES, _CANONICAL, _LANGUAGES = "Contact", "Expires", "Canonical", "Preferred-Languages"
#: The fields that are registered, in the order in which they are written; CSAF came after the RFC.
FIELDS = (
    _CONTACT, _EXPIRES, "Encryption", "Acknowledgments", _LANGUAGES, _CANONICAL, "Policy", "Hiring", "CSAF",
)  # fmt: skip
_ADDRESSES = frozenset(FIELDS) - {_EXPIRES, _LANGUAGES}
_ADDRESS = re.compile(r"(?:https:/|mailto:[^@\s]+@|tel:\+?\d|openpgp4fpr:|dns:)[^\s]*", re.IGNORECASE)
_SOON, _AN_EXAMPLE = timedelta(days=30), timedelta(days=360)
_FORM = 'write SECURITY_TXT = {"Contact": "mailto:you@example.org", "Expires": "%s"}'


def security_txt(given: Mapping[str, Any], site: Site) -> str:
    """The file, from a setting without faults."""
    by_name = {_known(name): value for name, value in given.items()}
    by_name.setdefault(_CANONICAL, f"{site.address}/{NAME}")
    lines = []
    for name in FIELDS:
        if name in by_name and name == _LANGUAGES:
            lines.append(f"{name}: {', '.join(_each(by_name[name]))}")
        elif name in by_name and name == _EXPIRES:
            lines.append(f"{name}: {_instant(by_name[name]).isoformat().replace('+00:00', 'Z')}")
        elif name in by_name:
            lines += [f"{name}: {each}" for each in _each(by_name[name])]
    return "\n".join([*lines, ""])


def faults(given: object, site: Site, now: datetime) -> Iterator[SettingFault]:
    """What is wrong with the setting at a time, which has a zone."""
    form = _FORM % (now + _AN_EXAMPLE).date().isoformat()
    if not isinstance(given, Mapping):
        yield SettingFault(BAD_HOST_SETTING, SETTING, "`SECURITY_TXT` is not a table of fields", form)
        return
    names = {_known(str(name)): name for name in given}
    for required, why in ((_CONTACT, "does not say whom to tell"), (_EXPIRES, "does not say how long it is good")):
        if required not in names or not [*_each(given[names[required]])]:
            yield SettingFault(BAD_HOST_SETTING, SETTING, f"security.txt without `{required}` {why}", form)
    for known, name in names.items():
        if known not in FIELDS:
            message, advice = f"security.txt has no field `{name}`", f"the fields are {', '.join(FIELDS)}"
            yield SettingFault(BAD_HOST_SETTING, SETTING, message, advice, str(name))
        elif known == _EXPIRES:
            yield from _of_expires(given[name], now)
        else:
            yield from _of_values(known, given[name])
    if site.folder:
        host = site.address.removesuffix(site.folder)
        message = f"security.txt is looked for at {host}/{NAME}, and this site is below {site.folder}/"
        advice = "put the file at the root of the host, and remove the setting"
        yield SettingFault(NOT_LOOKED_FOR, SETTING, message, advice, severity="warning")


def _known(name: str) -> str:
    """The name of a field as it is registered."""
    return next((each for each in FIELDS if each.lower() == name.strip().lower().replace("_", "-")), name)


def _each(value: object) -> Iterator[str]:
    for each in value if isinstance(value, list | tuple) else (value,):
        if str(each or "").strip():
            yield str(each).strip()


def _of_values(name: str, value: object) -> Iterator[SettingFault]:
    for each in _each(value):
        if not each.isprintable():
            yield SettingFault(BAD_HOST_SETTING, SETTING, f"`{name}` goes over several lines", "write one line", each)
        elif name in _ADDRESSES and not _ADDRESS.fullmatch(each):
            if re.fullmatch(r"[^\s@:]+@[^\s@]+", each):
                advice = f"write `mailto:{each}`"
            elif each.lower().startswith("http://"):
                advice = f"write `https{each[4:]}`: RFC 9116 takes no address that others can change on its way"
            else:
                advice = "write an address that begins with `https://`, `mailto:` or `tel:`"
            yield SettingFault(BAD_HOST_SETTING, SETTING, f"`{each}` is not an address for `{name}`", advice, each)


def _of_expires(value: object, now: datetime) -> Iterator[SettingFault]:
    words = str(value).strip()
    form = f"write a day within the next year, such as `{(now + _AN_EXAMPLE).date().isoformat()}`"
    try:
        instant = _instant(value)
    except ValueError:
        yield SettingFault(BAD_HOST_SETTING, SETTING, f"`{words}` is not a date", form, words)
        return
    if instant <= now:
        yield SettingFault(PASSED_DATE, SETTING, f"security.txt has expired: `{words}` has passed", form, words)
    elif instant - now < _SOON:
        message = f"security.txt expires in {(instant - now).days} days"
        yield SettingFault(EXPIRES_SOON, SETTING, message, form, words, "warning")


def _instant(value: object) -> datetime:
    """The moment that is meant: the end of a day without a time, and in UTC without a zone. Raises ValueError."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    if isinstance(value, datetime):
        instant = value
    else:
        words = str(value).strip()
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", words)
        instant = datetime.combine(date.fromisoformat(words), time(23, 59, 59)) if is_day else _parsed(words)
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).replace(microsecond=0)


def _parsed(words: str) -> datetime:
    return datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", words))
