"""What people read instead of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import corpus
from app.cli.text.audit import render_report
from app.cli.text.clause import place_of, show_clause
from app.cli.text.diff import render_diff
from app.cli.text.figures import render_figures
from app.cli.text.lint import render_lint
from app.cli.text.tree import render_tree
from app.evaluation import EvaluationReport, Measures
from app.review import audit
from app.review.decisions import apply_decisions
from app.review.diff import diff
from app.review.lint import LintFinding, LintReport, Severity
from corpus.types import Span

if TYPE_CHECKING:
    from corpus.types import Document


def read(text: str, name: str = "a.md") -> Document:
    return corpus.parse_bytes(text.encode(), name=name)


def test_places() -> None:
    """Lines where there are lines, page or paragraph elsewhere."""
    assert place_of((3, 3), None, None) == "第 3 行"
    assert place_of((3, 5), None, None) == "第 3–5 行"
    assert place_of(None, 2, None) == "第 2 页"
    assert place_of(None, None, 7) == "第 7 段"


def test_emphasis_is_shown_where_it_is() -> None:
    """Bold words alone stand in 【 】; stars that do not render count for nothing; long clauses are cut."""
    bold, stars = read("1.1 甲方应**立即**付款。\n\n1.2 **“按现状”**提供服务。\n").clauses
    assert show_clause(bold) == "1.1 甲方应【立即】付款。"
    assert "【" not in show_clause(stars)
    assert show_clause(bold, limit=9) == "1.1 甲方应【立即】…"


def test_tree() -> None:
    """Levels are indented; hidden emphasis, slips in the numbering and the sides are told."""
    text = render_tree(read("# 费用\n\n1.1 甲方：指用户。\n\n1.3 **“按现状”**提供。\n"))
    assert "\n# 费用  〔第 1 行〕\n" in text
    assert "强调符号没有生效" in text
    assert "编号异常：a#1.3（按顺序应为 1.2）" in text


def test_audit_puts_missed_clauses_first() -> None:
    """The figure, then what is owed, with words, law and advice; what is in order needs no advice."""
    document = read("1.1 **我们不承担任何责任。**\n\n1.2 我们不承担任何赔偿责任。\n")
    text = render_report(apply_decisions(audit(document), document, ()), document)
    assert text.startswith("《a》提示覆盖率 50%：应突出 2 条，已突出 1 条\n")
    assert text.index("a#1.2") < text.index("a#1.1")
    assert "民法典第四百九十六条" in text
    assert text.count("建议：") == 1


def test_lint() -> None:
    """Severity, place, words, reason and advice."""
    document = read("1.1 乙方应付款。\n")
    finding = LintFinding("party", Severity.ERROR, ("a#1.1", "a#1.2"), (1, 1), Span(4, 6), "此处指客户", "请改为甲方。")
    assert render_lint(LintReport("a", (finding,)), document) == (
        "《a》错误 1 处\n\n错误 a#1.1（第 1 行）“乙方”\n    此处指客户\n    另见：a#1.2\n    建议：请改为甲方。"
    )
    assert render_lint(LintReport("a", ()), document) == "《a》没有发现起草差错"


def test_diff_shows_the_words() -> None:
    """Taken out and put in, with what stands around them."""
    text = render_diff(diff(read("1.1 争议由北京法院管辖。\n", "old.md"), read("1.1 争议由上海法院管辖。\n", "new.md")))
    assert text.startswith("old → new：修改 1 条\n\n修改 old#1.1（第 1 行）")
    assert "争议由[-北京-]{+上海+}法院管辖。" in text
    assert render_diff(diff(read("1.1 费用。\n"), read("1.1 费用。\n"))) == "a → a：没有变化"


def test_figures_stand_in_columns() -> None:
    """Every line is equally wide, Chinese names included."""
    hit = {1: 0.5, 3: 0.75, 5: 1.0}
    measures = Measures(4, 3, hit, dict.fromkeys(hit, (0.0, 1.0)), 0.6, 0.0, 0.25, None, 0.1, 1.0)
    lines = render_figures(EvaluationReport(measures, {"客户": measures}, {"weidianyun": measures}, ())).splitlines()
    assert lines[0].split() == ["范围", "问题", "hit@1", "hit@3", "hit@5", "MRR", "误答", "误拒", "AUC", "逐字"]
    assert lines[1].split() == ["全部", "4", "0.500", "0.750", "1.000", "0.600", "0.000", "0.250", "-", "1.000"]
    assert len({len(line.encode("gb18030")) for line in lines}) == 1
