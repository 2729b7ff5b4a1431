"""How often somebody may do something: counted in PostgreSQL, one at a time, so that a burst counts too."""

import time
from hashlib import sha256

from django.core.cache import cache
from django.db import connection, transaction


def take(name: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more try of `who` (an address, a person) at `name`; False when it is one too many.

    At most `most` tries count in any `seconds`. Refused tries do not count. `who` is kept only as a digest.
    """
    key = f"limit:{name}:{sha256(who.encode()).hexdigest()[:32]}"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])
        now = time.time()
        tries = [moment for moment in cache.get(key, []) if moment > now - seconds]
        if len(tries) >= most:
            return False
        cache.set(key, [*tries, now], timeout=seconds)
        return True
