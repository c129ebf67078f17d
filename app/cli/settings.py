"""Settings as the environment and the file give them, checked."""

from __future__ import annotations

import os

from app.cli.failure import WrongInput
from app.settings import PREFIX, Settings, SettingsUnusable, settings_file
from corpus.readers.limits import set_limits


def read_settings(**given: object) -> Settings:
    """Read `CLAUSELIGHT_*`; `given` (None: not given) goes before it. The bounds on files are in force from then on.

    Raises WrongInput with the variable's name.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - loaded by the settings anyway

    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        settings = Settings(**chosen)  # type: ignore[arg-type] # checked by the model itself
    except SettingsUnusable as error:
        raise WrongInput(str(error)) from error
    except ValidationError as error:
        wrong = dict.fromkeys(str(first["loc"][0]) for first in error.errors() if first["loc"])
        raise WrongInput("；".join(f"{place_of(name)} 的值不对" for name in wrong) + "，请改正或取消") from error
    for name in ("lexicon", "rules", "llm_key_file"):
        path = getattr(settings, name)
        if path is not None and not path.is_file():
            raise WrongInput(f"{place_of(name)} 指的文件不存在：{path}")
    set_limits(settings.limits)
    return settings


def place_of(name: str) -> str:
    """Say where a setting comes from: its variable, or the key of the file."""
    variable = f"{PREFIX}{name.upper()}"
    path = settings_file()
    set_here = any(given.upper() == variable for given in os.environ)
    return f"环境变量 {variable}" if set_here or path is None else f"{path} 中的 {name}"
