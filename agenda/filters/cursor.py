"""The place in a list after which the next page begins: day, start and uuid of the last date shown."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

Place = tuple[date, datetime, UUID]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write(day: date, start: datetime, uuid: UUID) -> str:
    """'2026-11-28_1795896000_…': starts are whole seconds."""
    return f"{day.isoformat()}_{int((start - EPOCH).total_seconds())}_{uuid.hex}"


def read(text: str) -> Place | None:
    """Back to values; None when it is empty or was never written by us."""
    try:
        day, seconds, uuid = text.split("_")
        return date.fromisoformat(day), EPOCH + timedelta(seconds=int(seconds)), UUID(uuid)
    except (ValueError, OverflowError):
        return None
