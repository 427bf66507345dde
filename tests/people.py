"""The cast. Each of them is there when a test asks for the fixture of the same name.

Ada teaches; Bruno teaches too, other courses. Cleo studies. Dana has an account and nothing
else. Mira moderates. Ivo is the admin. All have verified addresses and one password.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from allauth.account.models import EmailAddress

from learners.accounts.roles import set_moderator, set_role
from learners.models import Role, User
from tests.rows import recorded

PASSWORD = "correct horse battery staple"
CAST = {
    "ada": ("Ada Okafor", Role.PRODUCER),
    "bruno": ("Bruno Keller", Role.PRODUCER),
    "cleo": ("Cleo Marchetti", Role.CONSUMER),
    "dana": ("Dana Whitfield", Role.CONSUMER),
    "mira": ("Mira Sandoval", Role.CONSUMER),
    "ivo": ("Ivo Petrović", Role.ADMIN),
}
MODERATING = {"mira"}


def person(first_name: str) -> User:
    """The member of the cast called ``first_name`` (lower case), created when missing."""
    name, role = CAST[first_name]
    return somebody(
        email=f"{first_name}@example.com",
        name=name,
        role=role,
        moderator=first_name in MODERATING,
    )


def somebody(
    *, email: str, name: str = "Somebody Else", role: str = Role.CONSUMER, moderator: bool = False
) -> User:
    """Any person, with a verified address."""

    def sign_up() -> UUID:
        user = User.objects.create_user(email, PASSWORD, name=name, id=identity(email))
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        user = set_role(user=user, role=role)
        if moderator:
            user = set_moderator(user=user, moderator=True)
        return user.pk

    user = User.objects.filter(email=email).first()
    if user is None:
        recipe = ("person", email, name, str(role), moderator)
        user = User.objects.get(pk=recorded(recipe, sign_up))
    return user


def identity(email: str) -> UUID:
    """The key of a person: the same in every test, so that recorded rows find their people."""
    return uuid5(NAMESPACE_URL, f"mailto:{email}")


def logged_in(client, user: User):
    """The test client with ``user``'s session; returns the client."""
    client.force_login(user)
    return client
