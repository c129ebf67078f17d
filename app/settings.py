"""Settings of the app: the command line goes before `CLAUSELIGHT_*` variables, and these before `clauselight.toml`."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, NoDecode, SettingsConfigDict

from corpus.readers.limits import Limits

if TYPE_CHECKING:
    from pydantic_settings import PydanticBaseSettingsSource

PREFIX = "CLAUSELIGHT_"
FILE = "clauselight.toml"
"""File of settings in the working directory."""
NAMED = f"{PREFIX}SETTINGS"
"""Variable that names another file."""

_ORIGIN = re.compile(r"https?://(?:\*\.)?[\w.-]+(?::\d{1,5})?|https?://\[[0-9a-fA-F:]+\](?::\d{1,5})?")
"""An origin as `frame-ancestors` takes it (CSP level 3): scheme, host, port; no path."""
_ADDRESS = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?(?:/[\w.~/-]*)?")
"""A base address; keys do not belong in it, for addresses stand in logs."""
_ROOT = re.compile(r"(?:/[\w.~-]+)*", re.ASCII)


class SettingsUnusable(ValueError):  # noqa: N818  (a person's file, nothing is broken)
    """The file of settings cannot be used; `str` is one Chinese line with the place."""


def settings_file() -> Path | None:
    """Find the file of settings. Raises SettingsUnusable when the one that is named is not there."""
    named = os.environ.get(NAMED)
    path = Path(named or FILE)
    if path.is_file():
        return path
    if named:
        raise SettingsUnusable(f"环境变量 {NAMED} 指的文件不存在：{path}")
    return None


def read_settings_file(path: Path, known: dict[str, bool]) -> dict[str, Any]:
    """Read a file of settings; `known` tells of each key whether it names a file, which is sought beside this one.

    Raises SettingsUnusable.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsUnusable(f"{path}：不是有效的 TOML 文件（{error}）") from error
    unknown = [name for name in given if name not in known]
    if unknown:
        raise SettingsUnusable(f"{path}：没有名为 {'、'.join(unknown)} 的设置；可用的见 README 的设置表")
    return {
        name: str(path.parent / Path(value).expanduser()) if known[name] and isinstance(value, str) else value
        for name, value in given.items()
    }


class Settings(BaseSettings):
    """Where things lie and which parts are used; frozen, so that it can be shared between threads."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", use_attribute_docstrings=True)

    index_dir: Path = Field(default_factory=lambda: user_data_path("clauselight") / "index")
    """Folder of the index; made when it is missing."""
    encoder: str | None = None
    """Name or folder of a Sentence Transformers model; None for the encoder that ships."""
    lexicon: Path | None = None
    """A person's own concepts (TOML, as `app/qa/lexicon.toml`)."""
    rules: Path | None = None
    """A person's own review rules (TOML, as `app/review/rules/*.toml`)."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 7860
    """Port to listen on."""
    logs: bool = True
    """Whether `serve` writes what it did to standard error, a JSON object a line, without questions."""
    root_path: str = ""
    """Path under which a reverse proxy shows the pages (`/terms`); the proxy may cut it off or pass it on."""
    receipt_key: Path | None = None
    """File of the key that signs reading receipts (64 hexadecimal digits); None for `receipt.key` in `index_dir`. Made,
    readable by its owner alone, when it is missing."""
    llm_url: str | None = None
    """Base address of an OpenAI-compatible service (`http://127.0.0.1:11434/v1`) that may say in other words what was
    cited; None for no language model."""
    llm_model: str | None = Field(default=None, validate_default=True)
    """Name of the model there."""
    llm_key: SecretStr | None = None
    """Its key; never shown and never logged."""
    llm_key_file: Path | None = None
    """A file with the key, used when `llm_key` is not set."""
    llm_timeout: float = Field(default=20.0, gt=0, le=600)
    """Seconds for a whole reply; without it the quotes stand alone."""
    embed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins that may show `/embed/must-read` in a frame, separated by spaces: `https://shop.example`."""

    users: Path | None = None
    """File of names and hashed passwords (`clauselight users add`); None asks nobody, which is refused where others
    than this machine can reach."""
    allow_anyone: bool = False
    """Serve others than this machine without asking who they are."""
    rate_limit: int = Field(default=600, ge=0, le=1_000_000)
    """Requests a minute from one client address, half of them at once; from this machine five times as many; 0 for no
    limit."""
    upload_limit: int = Field(default=20, ge=1, le=500)
    """Megabytes of an uploaded file."""
    file_limit: int = Field(default=64, ge=1, le=4096)
    """Megabytes of a file of terms; a larger one is refused, and the others in its folder are read."""
    character_limit: int = Field(default=Limits().characters, ge=1000)
    """Characters of text that come out of a Word or PDF file."""
    page_limit: int = Field(default=Limits().pages, ge=1)
    """Pages of a PDF file."""
    seconds_limit: float = Field(default=Limits().seconds, gt=0)
    """Seconds that the reading of one PDF file may take."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the library's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let what is given go before the environment, and the environment before the file."""
        path = settings_file()
        kept = {} if path is None else read_settings_file(path, cls.keys())
        return (init_settings, env_settings, InitSettingsSource(settings_cls, kept))

    @classmethod
    def keys(cls) -> dict[str, bool]:
        """Names of the settings, each with whether it is a path."""
        return {name: field.annotation in (Path, Path | None) for name, field in cls.model_fields.items()}

    @field_validator("root_path")
    @classmethod
    def _is_path(cls, value: str) -> str:
        path = value.rstrip("/")
        if not _ROOT.fullmatch(path):
            raise ValueError("a path begins with a slash and has no query")
        return path

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("embed_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_ORIGIN.fullmatch(origin) for origin in value):
            raise ValueError("an origin is a scheme, a host and a port")
        return value

    @field_validator("llm_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and not _ADDRESS.fullmatch(value):
            raise ValueError("a base address is http or https, a host and a path, without user names and queries")
        return value

    @field_validator("llm_model")
    @classmethod
    def _belongs_to_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if "llm_url" in info.data and (value is None) is not (info.data["llm_url"] is None):
            raise ValueError("llm_url and llm_model belong together")
        return value

    @property
    def limits(self) -> Limits:
        """Bounds on one file of terms."""
        return Limits(
            file_bytes=self.file_limit * 1024 * 1024,
            characters=self.character_limit,
            pages=self.page_limit,
            seconds=self.seconds_limit,
        )

    @property
    def receipt_key_file(self) -> Path:
        """Where the key of reading receipts lies."""
        return self.receipt_key or self.index_dir / "receipt.key"
