"""What floor 1 tells the floors above (up by signal, down by call).

The first two are sent inside the transaction of the change, with the row as `instance`, so that what a
receiver writes stands or falls with it. A rename sends them, and for an organisation a step of its workflow;
the agenda makes refresh releases for what the public sees of it.

`personal_data_asked` and `account_erased` carry the person as `instance`: a receiver answers the first with
what its floor keeps of them ({subject: [{label: value}]}), and forgets them at the second.
"""

from django.dispatch import Signal

venue_changed = Signal()
organisation_changed = Signal()
personal_data_asked = Signal()
account_erased = Signal()
