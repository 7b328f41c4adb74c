"""Typed settings from the environment; nobody else reads os.environ."""

import os
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "BEKLIJF_"
ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
SECRET_LENGTH = 32
TIME_ZONES = frozenset(available_timezones())


class WrongSettings(ValueError):
    """The environment holds settings that cannot work; the message names each in plain words."""


@dataclass(frozen=True)
class DataKey:
    """A key that wraps the keys of persons: its name, and 32 bytes."""

    name: str
    secret: bytes = field(repr=False)


class SecretFiles(PydanticBaseSettingsSource):
    """Reads each setting X from the file that X_FILE names, as orchestrators mount secrets."""

    def get_field_value(self, field: object, field_name: str) -> tuple[str | None, str, bool]:
        """The file's text without the line end, when X_FILE is set."""
        name = f"{PREFIX}{field_name.upper()}_FILE"
        path = os.environ.get(name)
        try:
            return (Path(path).read_text().strip() if path else None), field_name, False
        except (OSError, UnicodeDecodeError):
            raise WrongSettings(f"{name}: {path} cannot be read") from None

    def __call__(self) -> dict[str, str]:
        """All settings that come from files."""
        found = {}
        for name in self.settings_cls.model_fields:
            value, key, _ = self.get_field_value(None, name)
            if value is not None:
                found[key] = value
        return found


class Settings(BaseSettings):
    """What an operator decides. Every name in the environment starts with BEKLIJF_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    base_url: str
    secret_key: SecretStr
    data_keys: SecretStr
    database_url: str = f"sqlite:///{VAR / 'beklijf.db'}"
    keys_url: str = f"sqlite:///{VAR / 'keys.db'}"
    erased_url: str = f"sqlite:///{VAR / 'erased.db'}"
    audit_url: str = f"sqlite:///{VAR / 'audit.db'}"
    broker_url: str = f"filesystem://{VAR / 'broker'}"
    smtp_url: SecretStr
    mail_from: str
    hook_secret: SecretStr = SecretStr("")
    operator: str = ""
    contact: str = ""
    privacy_url: str = ""
    themes: str = ""
    timezone: str = "Europe/Amsterdam"
    local: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the files it names."""
        return init_settings, env_settings, SecretFiles(settings_cls)

    @field_validator("base_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        parts = split(value)
        if parts is None or parts.scheme not in {"http", "https"} or parts.path not in {"", "/"}:
            raise ValueError("must be the public address of the tool, like https://beklijf.example.org")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("secret_key")
    @classmethod
    def _is_long(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < SECRET_LENGTH:
            raise ValueError(f"must have {SECRET_LENGTH} characters or more, chosen at random")
        return value

    @field_validator("hook_secret")
    @classmethod
    def _is_long_or_none(cls, value: SecretStr) -> SecretStr:
        return cls._is_long(value) if value.get_secret_value() else value

    @field_validator("data_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        parse_data_keys(value.get_secret_value())
        return value

    @field_validator("database_url", "keys_url", "erased_url", "audit_url")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql+psycopg://")
        if value.startswith("sqlite:///"):
            # Web server, workers and commands mean the same file, wherever each of them looks from.
            return f"sqlite:///{Path(value.removeprefix('sqlite:///')).absolute()}"
        return value

    @field_validator("broker_url")
    @classmethod
    def _is_a_broker(cls, value: str) -> str:
        if not value.startswith(("filesystem://", "redis://", "rediss://")):
            raise ValueError("must start with filesystem://, redis:// or rediss://")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_a_mail_server(cls, value: SecretStr) -> SecretStr:
        parts = split(value.get_secret_value())
        if parts is None or parts.scheme not in {"smtp", "smtps"}:
            raise ValueError("must be like smtp://user:password@mail.example.org:587?starttls=1")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value.count("@") != 1 or any(c in value for c in "\r\n"):
            raise ValueError("must be the address that letters come from")
        return value

    @field_validator("contact")
    @classmethod
    def _is_a_way_to_reach_somebody(cls, value: str) -> str:
        if value and not (
            _is_https(value) or (value.count("@") == 1 and value.isprintable() and " " not in value)
        ):
            raise ValueError("must be a mail address, or an address that starts with https://")
        return value

    @field_validator("privacy_url")
    @classmethod
    def _is_a_page(cls, value: str) -> str:
        if value and not _is_https(value):
            raise ValueError("must be an address that starts with https://")
        return value

    @field_validator("themes")
    @classmethod
    def _is_a_folder(cls, value: str) -> str:
        if value and not Path(value).is_dir():
            raise ValueError("must be a folder with the style sheets of organisations")
        return value

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        if value not in TIME_ZONES:
            raise ValueError("must be a time zone like Europe/Amsterdam")
        return value

    @model_validator(mode="after")
    def _keeps_local_mode_at_home(self) -> "Settings":
        host = urlsplit(self.base_url).hostname
        if self.local and host not in LOOPBACK:
            raise ValueError("LOCAL: is for this machine only, so that BASE_URL must be a loopback address")
        if not self.local and not self.base_url.startswith("https://"):
            raise ValueError("BASE_URL: must start with https:// (http works in local mode only)")
        return self

    @property
    def wrapping_keys(self) -> tuple[DataKey, ...]:
        """The data keys; the first one writes."""
        return parse_data_keys(self.data_keys.get_secret_value())


def parse_data_keys(text: str) -> tuple[DataKey, ...]:
    """Data keys from "name:base64,name:base64"; raises ValueError in plain words."""
    keys = []
    for pair in text.split(","):
        name, _, encoded = pair.strip().partition(":")
        try:
            secret = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        except ValueError:
            secret = b""
        if not name or len(secret) != SECRET_LENGTH:
            raise ValueError("must be like name:key, where key is 32 random bytes in base64url")
        keys.append(DataKey(name, secret))
    if len({key.name for key in keys}) < len(keys):
        raise ValueError("must not use one name for two keys")
    return tuple(keys)


def split(url: str) -> SplitResult | None:
    """The parts of a URL with a host; None when it has none, or cannot be read."""
    try:
        parts = urlsplit(url)
        has_place = parts.hostname is not None and parts.port != 0
    except ValueError:
        return None
    return parts if has_place else None


def _is_https(value: str) -> bool:
    parts = split(value)
    return parts is not None and parts.scheme == "https"


def load(**overrides: object) -> Settings:
    """The settings of this process; raises WrongSettings naming each that cannot work."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise WrongSettings("\n".join(map(_in_plain_words, error.errors()))) from None


def _in_plain_words(fault: ErrorDetails) -> str:
    """One line on what is wrong; never the value, which may be a secret."""
    name = f"{PREFIX}{str(fault['loc'][0]).upper()}: " if fault["loc"] else PREFIX
    known = {"missing": "is not set", "bool_parsing": "must be 0 or 1"}
    return name + known.get(fault["type"], fault["msg"].removeprefix("Value error, "))


def refuse_public_bind(settings: Settings, host: str) -> None:
    """Raises WrongSettings when local mode would listen on more than this machine."""
    if settings.local and host not in LOOPBACK:
        raise WrongSettings(f"{PREFIX}LOCAL is for this machine only: it cannot listen on {host}")
