"""The page: everything escaped, nothing fetched, nothing run, the same on paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.exports.charts import Bar, draw_bars
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Problem
from tests.bot.exports.made import WRITERS, Document, make_document, sample_document, wording
from tests.handlers.sharing.samples import make_report
from tests.searches import share

ATTACKS = (
    "<script>alert(1)</script>",
    "</dd></dl><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}{% for x in y %}",
    "<style>*{display:none}</style>",
    "&lt;script&gt;",
    "javascript:alert(1)",
)
FETCHING = {"src", "srcset", "data", "action", "formaction", "poster", "background", "ping"}
FORBIDDEN = {"script", "iframe", "object", "embed", "form", "link", "base", "a", "img", "audio", "video"}


class Page(HTMLParser):
    """Tags and attributes as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page_of(document: Document, folder: Path, language: str = "be") -> str:
    WRITERS["digest.html"](document, wording(language), folder / "d.html")
    return (folder / "d.html").read_text(encoding="utf-8")


def attacked(text: str) -> Document:
    report = make_report(mark=text)
    report["answers"]["detained_by"] = {"value": [text]}
    report["answers"][text] = {"value": text}
    return make_document([report])


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_somebody_typed_never_becomes_a_tag(attack: str, tmp_path: Path) -> None:
    clean, hostile = Page(page_of(attacked(""), tmp_path)), Page(page_of(attacked(attack), tmp_path))
    assert set(hostile.tags) == set(clean.tags)
    assert not set(hostile.tags) & FORBIDDEN
    assert not [name for name, _ in hostile.attributes if name in FETCHING or name.startswith("on")]
    assert any(attack[:20] in words for words in hostile.words)


@settings(share(0.2), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="<>&\"'/={}%$\\ aя", max_size=20))
def test_no_text_changes_the_tags(tmp_path: Path, text: str) -> None:
    assert not set(Page(page_of(attacked(text), tmp_path)).tags) & FORBIDDEN


def test_the_page_names_a_strict_policy_and_fetches_nothing(tmp_path: Path) -> None:
    page = page_of(sample_document(), tmp_path)
    policy = dict(Page(page).attributes).get("content")
    assert "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'" in page
    assert policy is not None
    assert re.findall(r"url\((?!#)", page) == []
    assert re.findall(r"""(?:href|src)=["'](?!#)""", page) == []
    assert "@import" not in page


def test_ids_stand_once(tmp_path: Path) -> None:
    ids = [value for name, value in Page(page_of(sample_document(8), tmp_path)).attributes if name == "id"]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_the_page_speaks_one_language(language: str, tmp_path: Path) -> None:
    page = page_of(sample_document(), tmp_path, language)
    assert f'<html lang="{language}">' in page
    assert wording(language).say("digest-counters") in page
    others = {"be", "ru", "en"} - {language}
    assert not [other for other in others if wording(other).say("digest-not-counted") in page]


def test_an_empty_day_says_so(tmp_path: Path) -> None:
    page = page_of(make_document([]), tmp_path, "en")
    assert "Nobody on this day." in page
    assert page.count("<figure") == 4


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ((), "nothing: only keep it"),
        (("c_un", "c_stats"), "the UN; statistics"),
        (("c_none", "c_un"), "nothing: "),
    ],
)
def test_the_page_says_in_one_line_what_was_agreed_to(
    choices: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    page = page_of(make_document([make_report(choices=choices)]), tmp_path, "en")
    assert f"<dt>Agreed to</dt><dd>{words}" in page


def test_the_page_says_nothing_of_consent_where_the_report_did_not_open(tmp_path: Path) -> None:
    assert "Agreed to" not in page_of(make_document([None]), tmp_path, "en")


def test_what_did_not_open_stands_at_the_top(tmp_path: Path) -> None:
    page = page_of(make_document([], problems=[Problem("K2222", "signature")]), tmp_path, "en")
    assert page.index("K2222") < page.index("<main>")


def test_statistics_show_no_person(tmp_path: Path) -> None:
    page = page_of(sample_document(12, purpose=Purpose.STATS), tmp_path, "en")
    assert "<article" not in page
    assert "fewer than 5" in page


@pytest.mark.parametrize(("purpose", "charts"), [(Purpose.KEEP, 4), (Purpose.UN, 3), (Purpose.STATS, 3)])
def test_a_count_that_may_not_leave_is_not_shown_as_nothing(
    purpose: Purpose, charts: int, tmp_path: Path
) -> None:
    page = page_of(sample_document(12, purpose=purpose), tmp_path, "en")
    assert page.count("<figure") == charts
    assert "Nothing." not in page


def test_a_chart_says_its_labels_and_is_the_same_every_time() -> None:
    bars = [Bar("omon", "АМАП $5 & <b> $6", 3, "3"), Bar("kgb", "КДБ", 0, "0")]
    chart = draw_bars(bars, name="body")
    assert chart == draw_bars(bars, name="body")
    assert "АМАП $5 &amp; &lt;b&gt; $6" in chart
    assert chart.startswith("<svg")
    assert "<metadata" not in chart
