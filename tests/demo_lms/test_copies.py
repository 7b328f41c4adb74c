"""A trainer copies a course for the next group."""

from demo_lms.browser import Browser
from demo_lms.platform import Platform
from demo_lms.vocabulary import CUSTOM


def test_a_copy_has_the_same_activities_and_only_its_trainer(browser: Browser, platform: Platform) -> None:
    browser.sign_in("ineke")

    page = browser.submit(browser.visit("/courses/311"), button="Training kopiëren voor een volgende groep")

    copy = platform.courses.find("313")
    original = platform.courses.find("311")
    assert copy is not None
    assert original is not None
    assert page.document.heading == "Doorvragen aan het loket (kopie)"
    assert "Dit is de kopie." in page.text
    assert [link.title for link in copy.links] == [link.title for link in original.links]
    assert not {link.id for link in copy.links} & {link.id for link in original.links}
    assert copy.member_ids == {"1007"}
    assert all(platform.gradebook.column_of(link) for link in copy.links)


def test_a_copy_of_a_copy_tells_of_both_the_latest_first(platform: Platform) -> None:
    ineke = platform.person("ineke")
    first = platform.courses.find("311")
    assert first is not None

    last = platform.copy_course(platform.copy_course(first, ineke), ineke)

    custom = platform.claims_for(ineke, last.links[0])[CUSTOM]
    assert custom["context_history"] == "313,311"
    assert custom["link_history"] == "3124,3111"


def test_a_learner_copies_nothing(browser: Browser, platform: Platform) -> None:
    browser.sign_in("sanne")

    page = browser.visit("/courses/311")

    assert not page.has_form("Training kopiëren voor een volgende groep")
    assert len(platform.courses.all()) == 2
