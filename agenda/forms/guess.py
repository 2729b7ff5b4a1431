"""Guesses that save the maker a question; they are shown, and can be changed. Pure."""

from collections.abc import Iterable

from partners.models import Kind

SAID = {
    "concert": "koor orkest band muziek repetitie zing jazz koren popkoor kerstconcert",
    "theater": "toneel voorstelling theaterstuk",
    "dans": "ballet dansvoorstelling",
    "film": "filmhuis bioscoop documentaire",
    "tentoonstelling": "expositie galerie kunstroute",
    "rondleiding": "wandeling stadswandeling gids",
    "lezing": "gesprek debat college interview",
    "literatuur": "schrijver boek dichter poëzie voorlezen",
    "cursus": "les lessen training",
    "workshop": "knutselen maken atelier",
    "festival": "festival",
    "feest": "feest bal disco",
}


def kind_of(title: str, kinds: Iterable[Kind]) -> Kind | None:
    """The kind whose name, or a word that goes with it, stands in the title; None when none or two do."""
    said = title.lower()
    found = [kind for kind in kinds if any(word in said for word in _words(kind))]
    named = [kind for kind in found if kind.name.lower().split()[0] in said]
    best = named or found
    return best[0] if len(best) == 1 else None


def _words(kind: Kind) -> list[str]:
    own = [word for word in kind.name.lower().split() if len(word) > 3]
    return [*own, *SAID.get(kind.code, "").split()]
