from django.contrib.auth.hashers import Argon2PasswordHasher


class FrugalArgon2(Argon2PasswordHasher):
    """Argon2 at OWASP's lower setting: Django's own takes 100 MB for each person who logs in."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
