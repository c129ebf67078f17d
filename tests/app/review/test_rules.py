"""The tables of rules: every row proves itself on its own examples."""

from __future__ import annotations

import time
from importlib import resources

import pytest

from app.review.matching import find
from app.review.names import DEFAULT
from app.review.rulebook import FILES, RuleUnusable, load_rules, parse_rules
from app.types import Category

RULES = load_rules()
HEADINGS = ("免责条款", "账户注销")
PLACE = "规则文件 own.toml 的规则 own.logo"
ROW = """
[[rule]]
id = "own.logo"
name = "使用商标"
category = "unilateral"
strength = "must"
patterns = ['{vendor}{near}商标']
basis = ["民法典第四百九十六条"]
advice = "请核对。"
must_flag = ["我们可使用您的商标。"]
must_pass = ["您的商标归您。"]
"""


@pytest.mark.parametrize("name", FILES)
def test_tables_that_ship_have_patterns_that_compile_and_end(name: str) -> None:
    """They are not checked when they are loaded."""
    text = resources.files("app.review").joinpath(f"rules/{name}.toml").read_text(encoding="utf-8")
    rules = parse_rules(text, place=f"{name}.toml")
    assert rules == tuple(rule for rule in load_rules() if rule in rules)


def found(rule, sentence):
    return find([rule], sentence, start=0, names=DEFAULT, headings=HEADINGS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_a_rule_flags_and_passes_its_examples(rule):
    """Every sentence of `must_flag` speaks, no sentence of `must_pass` does."""
    assert [sentence for sentence in rule.must_flag if not found(rule, sentence)] == []
    assert [sentence for sentence in rule.must_pass if found(rule, sentence)] == []


def test_every_category_has_rules_that_require_prominence():
    """Six categories, one table each."""
    assert len({rule.category for rule in RULES if rule.must}) == 6


HOSTILE = (
    "本公司有权",
    "您不",
    "本公司",
    "不承担",
    "未按欠费",
    "视为",
    "（" * 3,
    "违反约定本公司可",
    "数据",
    "价格以",
    "a，",
)


@pytest.mark.parametrize("seed", HOSTILE)
def test_hostile_lines_take_bounded_time(seed):
    """20,000 characters of the words that rules begin with, without a sentence's end."""
    text = (seed * 20_000)[:20_000]
    find(RULES, "预热。", start=0, names=DEFAULT)
    begun = time.process_time()
    find(RULES, text, start=0, names=DEFAULT)
    assert time.process_time() - begun < 5


def test_a_persons_row_is_read_and_replaces_ours():
    """The same fields; what the row lacks is taken from the top of the file."""
    rule = parse_rules(ROW, place="own.toml")[0]
    assert (rule.rule_id, rule.must, rule.category.value) == ("own.logo", True, "unilateral")
    assert found(rule, "我们可使用您的商标。")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('must_pass = ["您的商标归您。"]', "", f"{PLACE} 要有 must_flag 和 must_pass 两种例句"),
        ('must_flag = ["我们可使用您的商标。"]', "must_flag = []", f"{PLACE} 要有 must_flag 和 must_pass 两种例句"),
        ('"must"', '"loud"', f"{PLACE} 的 strength 应是 must 或 mild"),
        ("{near}", "{nearby}", f"{PLACE} 的表达式无法使用：{{vendor}}{{nearby}}商标（'nearby'）"),
        ('"unilateral"', '"other"', f"{PLACE} 的 category 应是 {'、'.join(Category)} 之一"),
        ("strength", "strenght", f"{PLACE} 有不认识的字段：strenght"),
        ("{near}", ".*", f"{PLACE} 的表达式没有上限：{{vendor}}.*商标；请用 {{0,60}} 代替 * 和 +"),
        ("[[rule]]", "[rule]", "规则文件 own.toml 里没有 [[rule]]"),
    ],
)  # fmt: skip
def test_an_unusable_row_is_refused_with_its_place(old, new, message):
    """One Chinese line that names the file, the rule and the reason."""
    with pytest.raises(RuleUnusable) as refused:
        parse_rules(ROW.replace(old, new), place="own.toml")
    assert str(refused.value) == message
