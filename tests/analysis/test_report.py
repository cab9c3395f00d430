"""The report: whole, self-contained, the same every time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from reader import Reader
from synthetic import ALIGNED, CHOICES, NONE, comparison, with_claims

from sim.analysis import compare_report

SECTIONS = (
    "earned", "cash", "ruin", "payback", "bottleneck", "golive", "bridge", "people", "story", "claims", "effects",
    "assumptions", "limits", "reproduce",
)  # fmt: skip
LAB_WORDS = ("arm", "arms", "replicate", "replicates", "treatment", "counterfactual", "scenario", "metric")


@pytest.fixture(scope="module")
def made():
    return with_claims(comparison(CHOICES, worlds=40, months=36))


@pytest.fixture(scope="module")
def page(made):
    return compare_report(made)


def test_the_same_comparison_gives_the_same_bytes(made, page):
    assert compare_report(made) == page


def test_nothing_is_loaded_from_anywhere(page):
    assert Reader(page).loads == ["data:,"]
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_every_section_is_there_in_order_with_a_heading(page):
    found = re.findall(r'<section id="(\w+)">\s*<h2>[^<]+</h2>', page.replace(' class="newpage"', ""))
    assert tuple(found) == SECTIONS


def test_ids_are_unique_although_every_picture_has_its_own(page):
    ids = Reader(page).ids
    assert len(ids) == len(set(ids))


def test_every_picture_has_a_caption_a_name_and_its_numbers(page):
    figures = re.findall(r"<figure>.*?</figure>", page, flags=re.DOTALL)
    assert len(figures) == 9
    for figure in figures:
        assert 'role="img" aria-label="' in figure
        assert "<figcaption>" in figure
        assert "<table" in figure


def test_the_words_are_those_of_people(page):
    text = " ".join(Reader(page).text).lower()
    assert not [word for word in LAB_WORDS if re.search(rf"\b{word}\b", text)]


def test_claims_say_whether_they_hold_and_where(page):
    assert page.count("✓ yes") == 2
    assert page.count("✗ no") == 1
    assert "Then it must pay." in page


def test_what_to_type_to_get_it_again_is_on_the_page(made, page):
    for text in (made.command, made.version, made.fingerprint):
        assert text in page


def test_the_phone_gets_a_viewport_and_pictures_that_scale(page):
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    for tag in re.findall(r"<svg[^>]*>", page):
        assert "viewBox" in tag
        assert " width=" not in tag


@pytest.fixture(scope="module")
def other_page(made):
    """All small firms choose, there are no claims, two futures are missing and the title is hostile."""
    hostile = {"title": "<script>alert(1)</script>", "why": "a & b"}
    other = replace(made, **hostile, assignment="whole", claims=(), falsifier=None, incomplete=(3, 8))
    return compare_report(other)


def test_words_of_others_cannot_break_the_page(other_page):
    assert "<script>" not in other_page
    assert "a &amp; b" in other_page


def test_the_average_small_firm_is_spoken_of_when_all_choose(other_page):
    assert "the owner of the average small firm" in other_page
    assert "no one picture for the average firm" in other_page


def test_left_out_futures_are_mentioned(other_page):
    assert "What happened in 2 futures that are left out" in other_page


def test_without_claims_the_section_is_not_there(other_page):
    assert 'id="claims"' not in other_page


def test_a_single_short_future_still_makes_a_page():
    page = compare_report(comparison((NONE, ALIGNED), worlds=1, months=12))
    assert "1 possible future of 1 year" in page


def test_a_choice_that_changes_nothing_makes_a_page_and_says_so():
    twin = replace(NONE, name="aligned", label="Looks and buys nothing")
    page = compare_report(comparison((NONE, twin), worlds=3, months=24))
    assert "makes no difference here" in page
    assert "In all 3 possible futures the owner ended up exactly where doing nothing leads." in page
