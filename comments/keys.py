"""Hashes and ciphers of what is known of writers. All keys come from SECRET_KEY but the daily one.

An IP address is hashed with a random key of the day, which is deleted two days later: from then on
nobody can find out what was hashed, not even who has the database and SECRET_KEY.
"""

import base64
import datetime
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterator
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from comments.models import DailyKey

# What is one reader, and one network: an IPv6 connection has a whole /64 of addresses.
ADDRESS_BITS = {4: 32, 6: 64}
SUBNET_BITS = {4: 24, 6: 48}
DAY = datetime.timedelta(days=1)


class Origin(NamedTuple):
    """Where something was sent from: hashes of the address and of its network."""

    address: str
    subnet: str


def email_digests(email: str) -> list[str]:
    """What an e-mail address is recognised by: with the key of today first, then with older ones.

    Upper and lower case make no difference.
    """
    message = email.casefold().encode()
    return [hmac.digest(key, message, "sha256").hex() for key in _keys("comments.email-digest")]


def encrypt_email(email: str) -> bytes:
    """The address, to be read again by `decrypt_email` only."""
    return _cipher().encrypt(email.encode())


def decrypt_email(encrypted: bytes | memoryview) -> str:
    """The address; nothing where SECRET_KEY has changed and its fallbacks do not know it."""
    try:
        return _cipher().decrypt(bytes(encrypted)).decode()
    except InvalidToken:
        return ""


def private_key(ticket: str) -> str:
    """What stands in the private link of a comment sent with this ticket; the same each time."""
    return base64.urlsafe_b64encode(_keyed(ticket.encode(), "comments.private-link")[:24]).decode()


def hashed(secret: str) -> str:
    """What is stored of a secret that is long and random by itself."""
    return hashlib.sha256(secret.encode()).hexdigest()


def origin(address: str, now: datetime.datetime) -> Origin:
    """The hashes of an IP address today. What is no address is one for itself."""
    key = _key_of_the_day(now.date())
    own, around = (_network(address, bits) for bits in (ADDRESS_BITS, SUBNET_BITS))
    return Origin(_trace(key, own), _trace(key, around))


def _network(address: str, bits: dict[int, int]) -> str:
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    # IPv4, as servers that listen on both write it.
    number = getattr(number, "ipv4_mapped", None) or number
    return str(ipaddress.ip_network(f"{number}/{bits[number.version]}", strict=False))


def _trace(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()


def _key_of_the_day(today: datetime.date) -> bytes:
    made, _new = DailyKey.objects.get_or_create(
        day=today, defaults={"key": secrets.token_bytes(32)}
    )
    return bytes(made.key)


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _keys("comments.email")])


def _keyed(message: bytes, purpose: str) -> bytes:
    return hmac.digest(next(_keys(purpose)), message, "sha256")


def _keys(purpose: str) -> Iterator[bytes]:
    """Keys for one purpose: from SECRET_KEY, then from those that it took the place of."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield hmac.digest(str(secret).encode(), purpose.encode(), "sha256")
