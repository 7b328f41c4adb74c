"""Instruments as they stand in their content files: parsed once, refused with the place that does not fit."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from lti_tool.domain import item_type_files
from lti_tool.domain.fields import ContentError, Fields
from lti_tool.domain.instruments import (
    Audience,
    Excess,
    Group,
    Instrument,
    Item,
    Option,
    OptionList,
    Part,
    Phase,
    Shelf,
    Step,
)
from lti_tool.domain.item_type import Choices, Control, ItemType
from lti_tool.domain.words import Words

OPTION_ID = re.compile(r"[a-z][a-z_]*|\d\d:\d\d")
ITEM_ID = re.compile(r"[a-z_]+(\.[a-z_]+)+")
FILE_FIELDS = "key version phase shelf title about source spread part step item"
STEP_FIELDS = "part key title heading lead needs_address"
ITEM_FIELDS = (
    "step id type audience source ask help examples shows value_level max_length "
    "option options_from default lowest highest excess"
)

OPTION_FIELDS = "id label group help with_line excludes_others points_to"


def parse(raw: Mapping[str, object], digest: str, lists: Iterable[OptionList] = ()) -> Instrument:
    """The instrument in a content file; raises ContentError.

    digest: SHA-256 of the file.
    lists: what an item's `options_from` may name.
    """
    file = Fields.of("file", raw, FILE_FIELDS)
    known = {each.name: each for each in lists}
    items = [Fields.of(_place("item", each), each, ITEM_FIELDS) for each in file.tables("item")]
    steps = [Fields.of(_place("step", each), each, STEP_FIELDS) for each in file.tables("step")]
    parts = [Fields.of(_place("part", each), each, "key title minutes") for each in file.tables("part")]
    _refuse_strays(items, "step", steps)
    _refuse_strays(steps, "part", parts)
    if not parts:
        raise file.refuse("needs a part")
    used = {shared for each in items if (shared := _shared(each, known))}
    instrument = Instrument(
        key=file.text("key"),
        version=file.number("version"),
        phase=file.word("phase", Phase),
        title=file.words("title"),
        source=file.text("source"),
        parts=tuple(_part(each, steps, items, known) for each in parts),
        digest=_digest(digest, used),
        shelf=file.word("shelf", Shelf) if "shelf" in file.raw else None,
        about=file.words("about") if "shelf" in file.raw else None,
        spread=file.truth("spread"),
    )
    _refuse_twice("item", [item.id for part in instrument.parts for item in part.items])
    return instrument


def parse_options(name: str, raw: Mapping[str, object], digest: str) -> OptionList:
    """The list of options in a content file of that name; raises ContentError."""
    file = Fields.of(name, raw, "group option excess")
    groups = tuple(_group(name, each) for each in file.tables("group"))
    options = tuple(_option(name, each) for each in file.tables("option"))
    _refuse_twice(f"{name}: option", [option.id for option in options])
    if strays := {option.group for option in options} - {group.id for group in groups} - {None}:
        raise file.refuse(f"no group {', '.join(sorted(map(str, strays)))}")
    return OptionList(name, options, groups, _excesses(file), digest)


def _digest(own: str, used: Iterable[OptionList]) -> str:
    shared = sorted(each.digest for each in used)
    return hashlib.sha256("\n".join([own, *shared]).encode()).hexdigest() if shared else own


def _place(kind: str, raw: Mapping[str, object]) -> str:
    return f"{kind} {raw.get('id') or raw.get('key') or 'without a name'}"


def _refuse_twice(kind: str, names: Iterable[str]) -> None:
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise ContentError(f"{kind} {', '.join(twice)}: stands here twice")


def _refuse_strays(children: list[Fields], field: str, parents: list[Fields]) -> None:
    keys = [parent.text("key") for parent in parents]
    _refuse_twice(field, keys)
    for child in children:
        if child.text(field) not in keys:
            raise child.refuse(f"there is no {field} {child.text(field)!r}")
    for parent in parents:
        if parent.text("key") not in {child.text(field) for child in children}:
            raise parent.refuse("nothing stands in it")


def _part(fields: Fields, steps: list[Fields], items: list[Fields], lists: Mapping[str, OptionList]) -> Part:
    own = [step for step in steps if step.text("part") == fields.text("key")]
    _refuse_gaps(fields, [step.truth("needs_address") for step in own])
    return Part(
        key=fields.text("key"),
        title=fields.words("title"),
        minutes=fields.number("minutes"),
        steps=tuple(_step(step, items, lists) for step in own),
    )


def _refuse_gaps(fields: Fields, needs_address: list[bool]) -> None:
    # How far somebody is, is kept as a number: leaving a step out may not shift what comes behind it.
    if needs_address != sorted(needs_address) or all(needs_address):
        raise fields.refuse("a step that needs an address comes behind those that need none")


def _step(fields: Fields, items: list[Fields], lists: Mapping[str, OptionList]) -> Step:
    own = [_item(item, lists) for item in items if item.text("step") == fields.text("key")]
    if len(own) > 3:
        raise fields.refuse(f"{len(own)} items on one page; 3 at most")
    return Step(
        key=fields.text("key"),
        title=fields.words("title"),
        heading=fields.words("heading"),
        items=tuple(own),
        lead=fields.words_or_none("lead"),
        needs_address=fields.truth("needs_address"),
    )


def _item(fields: Fields, lists: Mapping[str, OptionList]) -> Item:
    if not ITEM_ID.fullmatch(fields.text("id")):
        raise fields.refuse("an id looks like pre.goal")
    kind = _type(fields)
    shared = _shared(fields, lists)
    options = shared.options if shared else _own_options(fields, kind)
    _refuse_unfit(fields, kind, options)
    return Item(
        id=fields.text("id"),
        type=kind,
        ask=fields.words("ask"),
        audience=fields.word("audience", Audience),
        source=fields.text("source"),
        help=fields.words_or_none("help"),
        examples=fields.words_or_none("examples"),
        options=options,
        shows=fields.texts("shows"),
        value_level=_value_level(fields),
        max_length=fields.number("max_length", default=2000),
        groups=shared.groups if shared else (),
        default=fields.text_or_none("default"),
        excesses=_excesses(fields),
    )


def _type(fields: Fields) -> ItemType:
    try:
        return item_type_files.named(fields.text("type"))
    except KeyError as unknown:
        known = ", ".join(each.name for each in item_type_files.known())
        raise fields.refuse(f"type {unknown} is not one of: {known}") from None


def _refuse_unfit(fields: Fields, kind: ItemType, options: Iterable[Option]) -> None:
    option_ids = [option.id for option in options]
    if bool(option_ids) != (kind.choices is not Choices.NONE):
        raise fields.refuse(f"type {kind} {'has no' if option_ids else 'needs'} options")
    if misfit := kind.misfit(option_ids):
        raise fields.refuse(f"type {kind} {misfit}")
    if kind.choices is not Choices.MANY and any(option.excludes_others for option in options):
        raise fields.refuse("excludes_others belongs to type multi")
    if kind.control is not Control.FIGURES and {"lowest", "highest"} & set(fields.raw):
        raise fields.refuse("lowest and highest belong to type ten")
    if (default := fields.text_or_none("default")) and default not in option_ids:
        raise fields.refuse(f"default {default!r} is none of its options")


def _value_level(fields: Fields) -> int | None:
    if "value_level" not in fields.raw:
        return None
    if (level := fields.number("value_level")) > 5:
        raise fields.refuse("value_level runs from 1 to 5")
    return level


def _shared(fields: Fields, lists: Mapping[str, OptionList]) -> OptionList | None:
    name = fields.text_or_none("options_from")
    if name is None:
        return None
    if name not in lists:
        raise fields.refuse(f"there is no list of options {name!r}")
    if "option" in fields.raw:
        raise fields.refuse("options_from and options of its own do not go together")
    return lists[name]


def _own_options(fields: Fields, kind: ItemType) -> tuple[Option, ...]:
    if kind.control is Control.FIGURES:
        ends = {1: fields.words("lowest"), 10: fields.words("highest")}
        return tuple(
            Option(str(figure), Words(nl=str(figure), en=str(figure)), help=ends.get(figure))
            for figure in range(1, 11)
        )
    options = tuple(_option(fields.place, each) for each in fields.tables("option"))
    _refuse_twice(f"{fields.place}: option", [option.id for option in options])
    return options


def _option(place: str, raw: Mapping[str, object]) -> Option:
    fields = Fields.of(f"{place}, {_place('option', raw)}", raw, OPTION_FIELDS)
    if not OPTION_ID.fullmatch(fields.text("id")):
        raise fields.refuse("an id is a bare word, or an hour such as 09:30")
    return Option(
        id=fields.text("id"),
        label=fields.words("label"),
        group=fields.text_or_none("group"),
        help=fields.words_or_none("help"),
        with_line=fields.truth("with_line"),
        excludes_others=fields.truth("excludes_others"),
        points_to=fields.texts("points_to"),
    )


def _group(place: str, raw: Mapping[str, object]) -> Group:
    fields = Fields.of(f"{place}, {_place('group', raw)}", raw, "id label")
    return Group(fields.text("id"), fields.words("label"))


def _excesses(fields: Fields) -> tuple[Excess, ...]:
    reasons = fields.raw.get("excess", {})
    if not isinstance(reasons, Mapping):
        raise fields.refuse("excess needs a reason by rule")
    place = Fields.of(f"{fields.place}, excess", reasons, " ".join(reasons))
    return tuple(Excess(rule, place.text(rule)) for rule in reasons)
