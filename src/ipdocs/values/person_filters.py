"""The filters of persons: functions that return a person in the language and house style of a setting."""

from __future__ import annotations

import re

from ipdocs.values.form import CannotRender
from ipdocs.values.types import PersonValue
from ipdocs.values.value_context import ValueContext


def person(value: PersonValue, value_context: ValueContext) -> str:
    """Return a person with post and title (Director of Intellectual Property, Mr X), or the post alone if there is no name."""
    forms = value_context.language_style.person
    if not value.name:
        return post(value, value_context)
    return (
        _fill_pattern(forms.full, value, post(value, value_context)) if value.post else _fill_pattern(forms.without_post, value)
    )


def _fill_pattern(pattern: str, value: PersonValue, post: str = "") -> str:
    surname = _surname(value.name) if "{surname}" in pattern else ""
    return pattern.format(post=post, title=value.title, name=value.name, surname=surname).replace("  ", " ").strip()


def _surname(name: str) -> str:
    """Return the surname in a name in Latin letters, or "" if the name does not show which word is the surname.

    The surname is in capitals (CHAN Tai-man), or stands before a given name with a hyphen (Chan Tai-man, Peter Chan Tai-man).
    """
    words = name.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper() and "." not in word]
    if len(capitals) == 1 and len(words) > 1:
        return capitals[0].title()
    return words[-2] if len(words) > 1 and re.fullmatch("[A-Z][a-z]*-[a-z]+", words[-1]) else ""


_ADD_NAME_OR_POST = "add a name or a post to the fact"


def name(value: PersonValue, value_context: ValueContext) -> str:
    """Return the name of a person, with the title if the language writes titles.

    Raises:
        CannotRender: the fact has no name.
    """
    if not value.name:
        raise CannotRender(f"{value.post or 'the person'} has no name", "write | post" if value.post else _ADD_NAME_OR_POST)
    return _fill_pattern(value_context.language_style.person.name, value)


def post(value: PersonValue, value_context: ValueContext) -> str:
    """Return the post of a person, with a word such as Acting if the person is acting in the post.

    Raises:
        CannotRender: the fact has no post.
    """
    if not value.post:
        raise CannotRender(f"{value.name or 'the person'} has no post", "write | name" if value.name else _ADD_NAME_OR_POST)
    return value_context.language_style.person.acting.format(post=value.post) if value.acting else value.post


def short_name(value: PersonValue, value_context: ValueContext) -> str:
    """Return a person as mentioned again: by the short name of the fact, or else as the house style requires.

    Raises:
        CannotRender: the fact has no short name, and the style needs a surname that the name does not show.
    """
    pattern = value_context.language_style.person.later
    if value.short_name:
        return value.short_name
    if not value.name or ("{surname}" in pattern and not _surname(value.name)):
        hint = f"add `short` to the fact, or write | {'name' if value.name else 'post'}"
        raise CannotRender(f"{value.name or value.post} has no short name", hint)
    return _fill_pattern(pattern, value)
