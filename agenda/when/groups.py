"""Which days share which times: days and times join the group they belong to."""

from dataclasses import replace

from agenda.when.plan import Day, Group, Hours, Item, Plan, Weekday


def add_item(plan: Plan, item: Item) -> None:
    """A day joins the days before it, unless those have their times already."""
    group = plan.group
    is_full = group.items and (group.has_time or group.closes) and not group.is_time_first
    is_of_every_day = group.has_time and not group.items and plan.unit == "day"
    is_apart = not plan.is_every and not group.has_time and _are_days(group)
    if is_full or (isinstance(item, Weekday) and (is_of_every_day or is_apart)):
        plan.groups.append(Group())
    if plan.is_also:
        plan.group.is_also, plan.is_also = True, False
    if isinstance(item, Day) and item.weekday is None and plan.group.weekday is not None:
        item = replace(item, weekday=plan.group.weekday)
    plan.group.items.append(item)


def _are_days(group: Group) -> bool:
    """ "30 en 31 januari, zaterdag …": the weekday is one of those days."""
    return len(group.items) > 1 and all(isinstance(item, Day) for item in group.items)


def add_hours(plan: Plan, hours: list[Hours]) -> None:
    """Times join the days before them; in a sentence that puts times first they open a new row of days."""
    group = plan.group
    if group.is_time_first and group.items:
        plan.groups.append(Group(is_time_first=True))
    elif not group.items and not group.has_time:
        group.is_time_first = True
    if plan.group.closes and len(hours) == 1 and hours[0].end is None:
        hours = [replace(hours[0], end=plan.group.closes)]
        plan.group.closes = None
    plan.group.hours.extend(hours)
