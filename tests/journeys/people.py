"""People at their browsers, and what they do there: they find their way by the words on the page."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.texts import Remark, Text

PASSWORD = "kaffe uten sukker"
#: More presses of Tab than any page needs.
MANY = 150


def address_of(name: str) -> str:
    return f"{name.split()[0].lower()}@fjordvik.example"


class Person:
    def __init__(self, visitor: Visitor, name: str) -> None:
        self.visitor, self.name = visitor, name
        self.email = address_of(name)

    @property
    def page(self) -> Page:
        return self.visitor.page

    def go(self, path: str) -> Page:
        """Open the address, by way of signing in where that is asked for."""
        page = self.visitor.open(path)
        if page.get_by_role("heading", name="Logg inn", exact=True).is_visible():
            self.sign_in()
        return page

    def sign_in(self) -> None:
        self.fill("E-post", self.email)
        self.fill("Passord", PASSWORD)
        self.press("Logg inn")

    def accept(self, link: str) -> None:
        """Open the personal link and choose a password."""
        self.page.goto(link)
        self.sees(f"Hei, {self.name}")
        self.fill("Nytt passord", PASSWORD)
        self.press("Velg passord og gå inn")

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    def press(self, name: str) -> None:
        """Press the button; its name may go on."""
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the element has the focus."""
        for _press in range(MANY):
            if target.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {target}")

    def type_in(self, label: str, words: str) -> None:
        """Find the field by Tab and type in it."""
        self.tab_to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(words)

    def enter(self, role: str, name: str) -> None:
        """Find the link or button by Tab and press Enter."""
        self.tab_to(self.page.get_by_role(role, name=name).first)
        self.page.keyboard.press("Enter")

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def write(self, text: Text) -> None:
        """Fill in the editor; save nothing yet."""
        self.fill("Tittel", text.title)
        for box, words in zip(self.answers(), text.answers, strict=True):
            box.fill(words)

    def answers(self) -> list[Locator]:
        """The editor's boxes, one per question."""
        boxes = self.page.get_by_role("main").get_by_role("textbox").filter(visible=True).all()
        return boxes[1:]

    def insert_picture(self, number: int, picture: Path, alt: str, caption: str) -> None:
        """Put a picture into the answer of that number."""
        self.page.get_by_text(f"Sett inn bilde i svar {number}").click()
        for label, value in (("Hva viser bildet?", alt), ("Bildetekst", caption)):
            self.page.get_by_label(label, exact=True).filter(visible=True).fill(value)
        self.page.get_by_label("Bilde", exact=True).filter(visible=True).set_input_files(picture)
        self.page.get_by_role("button", name="Sett inn bildet").filter(visible=True).click()

    def publish(self) -> None:
        """From the editor, through the question, to the post as the class reads it."""
        self.press("Publiser")
        self.sees("Publiser for klassen?")
        self.page.get_by_role("main").get_by_role("button", name="Publiser").click()
        self.sees("Innlegget er publisert")

    def open_review_of(self, reviews: str, title: str) -> None:
        """From the list of one's reviews to one of them."""
        self.go(reviews)
        self.page.get_by_role("link", name=title, exact=True).click()
        expect(self.page.get_by_role("heading", name="Vurderingen din")).to_be_attached()

    def judge(self, criterion: str, remark: Remark) -> None:
        level, works, change = remark
        self.say(criterion, works, change)
        group = self.page.get_by_role("group", name=f"Hvor langt har de kommet? {criterion}")
        group.get_by_role("radio", name=re.compile(f"^{level} ")).check()

    def say(self, criterion: str, works: str, change: str) -> None:
        self.unfold(criterion)
        self.fill(f"Hva fungerer? {criterion}", works)
        self.fill(f"Hva kunne vært annerledes? {criterion}", change)

    def unfold(self, criterion: str) -> None:
        if not self.page.get_by_label(f"Hva fungerer? {criterion}", exact=True).is_visible():
            self.page.get_by_role("heading", name=criterion.capitalize(), exact=True).click()

    def point_at(self, criterion: str, passage: str) -> None:
        """Say which words of the post one's suggestion is about."""
        self.page.get_by_text(f"Hvilket sted tenker du på? Hva kunne vært annerledes? {criterion}").click()
        self.fill(f"Kopier ordene fra innlegget: Hva kunne vært annerledes? {criterion}", passage)

    def send_review(self) -> None:
        self.press("Send vurdering")
        self.sees("Vurderingen er sendt")
