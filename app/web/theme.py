"""Gradio's own parts (text boxes, buttons, check boxes) in the colours and type of the pages."""

from __future__ import annotations

import gradio as gr

FONTS = (
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "system-ui",
    "sans-serif",
)
"""Fonts that systems bring along, Chinese ones first so that figures and ideographs match; none is fetched."""


def build_theme() -> gr.themes.Base:
    """Build the theme; every colour is a variable of `static/style.css`, which knows light and dark."""
    theme = gr.themes.Base(font=list(FONTS), font_mono=["ui-monospace", "monospace"])
    colours = {
        "body_background_fill": "var(--paper)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--ink-soft)",
        "background_fill_primary": "var(--sheet)",
        "background_fill_secondary": "var(--paper)",
        "block_background_fill": "transparent",
        "block_label_text_color": "var(--ink-soft)",
        "block_title_text_color": "var(--ink-soft)",
        "block_info_text_color": "var(--ink-soft)",
        "border_color_primary": "var(--line)",
        "input_background_fill": "var(--sheet)",
        "input_border_color": "var(--line-strong)",
        "input_border_color_focus": "var(--teal)",
        "input_placeholder_color": "var(--ink-faint)",
        "button_primary_background_fill": "var(--teal)",
        "button_primary_background_fill_hover": "var(--teal-deep)",
        "button_primary_border_color": "var(--teal)",
        "button_primary_border_color_hover": "var(--teal-deep)",
        "button_primary_text_color": "var(--on-teal)",
        "checkbox_background_color": "var(--sheet)",
        "checkbox_background_color_selected": "var(--teal)",
        "checkbox_border_color": "var(--line-strong)",
        "checkbox_border_color_selected": "var(--teal)",
        "checkbox_label_background_fill": "var(--sheet)",
        "checkbox_label_background_fill_selected": "var(--teal-wash)",
        "checkbox_label_text_color": "var(--ink)",
        "checkbox_label_text_color_selected": "var(--ink)",
    }
    both = colours | {f"{name}_dark": value for name, value in colours.items()}
    return theme.set(
        **both,
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        block_radius="0px",
        input_border_width="1px",
        input_radius="8px",
        input_shadow="none",
        input_shadow_focus="none",
        button_large_radius="8px",
        button_primary_shadow="none",
        checkbox_label_shadow="none",
        checkbox_label_border_width="1px",
        layout_gap="0px",
        form_gap_width="0px",
    )
