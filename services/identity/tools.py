"""What identity's requests work with beside the desk: vault, passwords, codes, keys, sender."""

from functools import cached_property

from libs.runtime.settings import Settings
from services.identity.codes import Codes
from services.identity.keys import Signer
from services.identity.passwords import Passwords
from services.identity.sender import LocalSender, Sender
from services.identity.settings import IdentitySettings
from services.identity.vault import Vault


class Tools:
    """Made from settings when first needed: a role that needs no key runs without."""

    def __init__(self, settings: Settings, own: IdentitySettings) -> None:
        self._settings = settings
        self._own = own

    @cached_property
    def vault(self) -> Vault:
        """Who people are."""
        return Vault(
            self._own.vault_keys.get_secret_value(), self._settings.match_key.get_secret_value()
        )

    @cached_property
    def codes(self) -> Codes:
        """One-time codes."""
        return Codes(self.vault.derived(b"one-time codes"))

    @cached_property
    def passwords(self) -> Passwords:
        """argon2."""
        return Passwords()

    @cached_property
    def signer(self) -> Signer:
        """Tokens."""
        return Signer(self._own.signing_key.get_secret_value())

    @cached_property
    def sender(self) -> Sender:
        """Messages to mobiles."""
        return LocalSender(self._own.sent)
