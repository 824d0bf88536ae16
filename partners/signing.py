"""Under which name a person signs what she writes."""

from .models import Membership, Role, User
from .tracking import Author


def author_of(user: User, territory_id: int) -> Author:
    """« Claire Morvan, coordination » or « Paul Roux, Service Affaires Sociales »."""
    held = Membership.objects.held_by(user).filter(territory=territory_id).select_related("organisation")
    return sign(user, list(held))


def sign(user: User, memberships: list[Membership]) -> Author:
    """The same, from the memberships of one territory when they are known already."""
    for held in sorted(memberships, key=lambda held: held.role != Role.COORDINATOR):
        where = held.organisation.name if held.organisation else held.get_role_display()
        return Author(f"{user}, {where}", user)
    return Author(str(user), user)
