"""What floor 1 tells the floors above (up by signal, down by call).

Both are sent when the transaction of the change has committed, with the row as `instance`. Renaming a venue
or an organisation sends them; the agenda makes refresh releases for what the public sees of it.
"""

from django.dispatch import Signal

venue_changed = Signal()
organisation_changed = Signal()
