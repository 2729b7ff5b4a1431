"""Nudges: telling the worker that there is work, without ever making a person wait for the broker."""


def broker_answers() -> bool:
    raise NotImplementedError
