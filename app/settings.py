"""Settings of the app: read from `CLAUSELIGHT_*` environment variables, overridden by the command line."""

from __future__ import annotations

import re
from pathlib import Path  # noqa: TC003 - pydantic reads the annotation
from typing import Annotated

from platformdirs import user_data_path
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ORIGIN = re.compile(r"https?://(?:\*\.)?[\w.-]+(?::\d{1,5})?|https?://\[[0-9a-fA-F:]+\](?::\d{1,5})?")
"""An origin as `frame-ancestors` takes it (CSP level 3): scheme, host, port; no path."""


class Settings(BaseSettings):
    """Where things lie and which parts are used; frozen, so that it can be shared between threads."""

    model_config = SettingsConfigDict(
        env_prefix="CLAUSELIGHT_", frozen=True, extra="ignore", use_attribute_docstrings=True
    )

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
    receipt_key: Path | None = None
    """File of the key that signs reading receipts (64 hexadecimal digits); None for `receipt.key` in `index_dir`. Made,
    readable by its owner alone, when it is missing."""
    embed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins that may show `/embed/must-read` in a frame, separated by spaces: `https://shop.example`."""

    upload_limit: int = Field(default=20, ge=1, le=500)
    """Megabytes of an uploaded file."""

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

    @property
    def receipt_key_file(self) -> Path:
        """Where the key of reading receipts lies."""
        return self.receipt_key or self.index_dir / "receipt.key"
