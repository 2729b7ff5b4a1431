"""What can be asked of the agenda, declared once for pages, feeds, API and embeds.

`parse(query, city)` reads a query string into a frozen `Selection`:
  `.problems`            what could not be understood, in words: a page says so, a feed matches nothing
  `.occurrences(now)`    public dates that are not over, in the order of the page
  `.narrow(dates, now)`  any other set of dates, as far as they are in the selection
  `.canonical()`         the same question as a query string in one fixed order, for the address of a feed
"""

from django.http import QueryDict

from agenda.filters.selection import Selection
from agenda.filters.vocabulary import read
from partners.models import City

__all__ = ["Selection", "parse"]


def parse(query: QueryDict, city: City | None) -> Selection:
    """At most three queries: words of the city (kept a minute), names of venues and makers asked for."""
    return Selection.parse(query, read(city))
