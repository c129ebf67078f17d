"""Settings as the environment gives them, checked."""

from __future__ import annotations

from app.cli.failure import WrongInput
from app.settings import Settings
from corpus.readers.limits import set_limits


def read_settings(**given: object) -> Settings:
    """Read `CLAUSELIGHT_*`; `given` (None: not given) goes before it. The bounds on files are in force from then on.

    Raises WrongInput with the variable's name.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - loaded by the settings anyway

    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        settings = Settings(**chosen)  # type: ignore[arg-type] # checked by the model itself
    except ValidationError as error:
        wrong = "、".join(f"CLAUSELIGHT_{first['loc'][0]!s}".upper() for first in error.errors() if first["loc"])
        raise WrongInput(f"环境变量 {wrong} 的值不对，请改正或取消它") from error
    files = (
        ("CLAUSELIGHT_LEXICON", settings.lexicon),
        ("CLAUSELIGHT_RULES", settings.rules),
        ("CLAUSELIGHT_LLM_KEY_FILE", settings.llm_key_file),
    )
    for name, path in files:
        if path is not None and not path.is_file():
            raise WrongInput(f"环境变量 {name} 指的文件不存在：{path}")
    set_limits(settings.limits)
    return settings
