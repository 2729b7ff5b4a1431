"""What floor 1 tells the floors above (up by signal, down by call).

Both are sent inside the transaction of the change, with the row as `instance`, so that what a receiver writes
stands or falls with it. A rename sends them, and for an organisation a step of its workflow; the agenda makes
refresh releases for what the public sees of it.
"""

from django.dispatch import Signal

venue_changed = Signal()
organisation_changed = Signal()
