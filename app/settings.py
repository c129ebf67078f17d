"""Settings of the app: read from `CLAUSELIGHT_*` environment variables, overridden by the command line."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - pydantic reads the annotation

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things lie and which parts are used; frozen, so that it can be shared between threads."""

    model_config = SettingsConfigDict(env_prefix="CLAUSELIGHT_", frozen=True, extra="ignore")

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
