"""What Markdown becomes."""

from __future__ import annotations

import pytest

from blogreview.domain.markup import escaped, plain_text, reading_minutes, render, word_count

REL = 'rel="nofollow noopener noreferrer"'


def rendered(source: str, prefix: str = "a-") -> str:
    return render(source, pictures={}, prefix=prefix)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        ("Hei på *deg*, **du**", "<p>Hei på <em>deg</em>, <strong>du</strong></p>"),
        ("~~borte~~ og ==viktig==", "<p><del>borte</del> og <mark>viktig</mark></p>"),
        ("H~2~O er vann", "<p>H~2~O er vann</p>"),
        ("> sitat", "<blockquote>\n<p>sitat</p>\n</blockquote>"),
        ("- en\n- to", "<ul>\n<li>en</li>\n<li>to</li>\n</ul>"),
        ("3. tre\n4. fire", '<ol start="3">\n<li>tre</li>\n<li>fire</li>\n</ol>'),
        ("    kode <b>", "<pre><code>kode &lt;b&gt;\n</code></pre>"),
        ("Ord\n:   ikke en definisjon", "<p>Ord\n:   ikke en definisjon</p>"),
        ("Ål &amp; ørret &lt; 3 &copy;", "<p>Ål &amp; ørret &lt; 3 ©</p>"),
        ("👩‍👩‍👧 🇳🇴 é", "<p>👩‍👩‍👧 🇳🇴 é</p>"),
        ("## مرحبا\n\nنص *مهم* هنا", "<h3>مرحبا</h3>\n<p>نص <em>مهم</em> هنا</p>"),
    ],
)
def test_markdown_becomes_html(source: str, html: str) -> None:
    assert rendered(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# En\n\n## To\n\n# Tre", "<h3>En</h3>\n<h4>To</h4>\n<h3>Tre</h3>"),
        ("### Dypt\n\n##### Dypere", "<h3>Dypt</h3>\n<h4>Dypere</h4>"),
        ("### Først\n\n# Så", "<h3>Først</h3>\n<h3>Så</h3>"),
        ("# a\n## b\n### c\n#### d\n##### e", "<h3>a</h3>\n<h4>b</h4>\n<h5>c</h5>\n<h6>d</h6>\n<h6>e</h6>"),
        ("Tittel\n======\n\nUnder\n-----", "<h3>Tittel</h3>\n<h4>Under</h4>"),
        ("# \n\ntekst", "<p></p>\n<p>tekst</p>"),
    ],
)
def test_headings_start_at_h3_and_never_skip_a_level(source: str, html: str) -> None:
    assert rendered(source) == html


@pytest.mark.parametrize(
    ("source", "href", "text"),
    [
        ("[vg](https://vg.no)", "https://vg.no", "vg"),
        ("<http://vg.no>", "http://vg.no", "http://vg.no"),
        ("https://vg.no/a_b(c)?d=1&e=2.", "https://vg.no/a_b(c)?d=1&amp;e=2", None),
        ("www.vg.no", "http://www.vg.no", "www.vg.no"),
        ("ola@nord.no", "mailto:ola@nord.no", "ola@nord.no"),
        ("[ola](mailto:ola@nord.no)", "mailto:ola@nord.no", "ola"),
        ("[](https://vg.no)", "https://vg.no", "https://vg.no"),
        ("[x](http://vg.no?a=1&copy=2&amp;b=3)", "http://vg.no?a=1&amp;copy=2&amp;b=3", "x"),
    ],
)
def test_links_lead_out_without_telling_who_sent_them(source: str, href: str, text: str | None) -> None:
    stop = "." if source.endswith(".") else ""
    assert rendered(source) == f'<p><a href="{href}" {REL}>{text or href}</a>{stop}</p>'


@pytest.mark.parametrize("address", ["/sign-out", "//ond.no", "#fn1", "../x", "ftp://a.no", "image:x", ""])
def test_a_link_to_anything_else_leaves_only_its_words(address: str) -> None:
    assert rendered(f"[ord]({address})") == "<p><span>ord</span></p>"


def test_table_alignment_is_a_class_and_the_table_scrolls_in_a_named_box() -> None:
    assert rendered("Kanal|Antall|Ja\n:--|--:|:-:\n*Insta*|2|x") == (
        '<div aria-label="Kanal, Antall, Ja" class="scrollx" role="group" tabindex="0"><table><thead>\n<tr>\n'
        '<th class="align-left">Kanal</th>\n<th class="align-right">Antall</th>\n<th class="align-center">Ja</th>\n'
        '</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-left"><em>Insta</em></td>\n'
        '<td class="align-right">2</td>\n<td class="align-center">x</td>\n</tr>\n</tbody>\n</table></div>'
    )


def footnote(prefix: str) -> str:
    return (
        f'<p>Se<sup id="{prefix}fn1">'
        f'<a class="footnote-ref" href="#{prefix}fn2" role="doc-noteref" {REL}>1</a></sup></p>\n'
        f'<div class="footnote">\n<hr>\n<ol>\n<li id="{prefix}fn2">\n<p>Kilden&nbsp;'
        f'<a class="footnote-backref" href="#{prefix}fn1" role="doc-backlink" {REL}>↩\ufe0e</a></p>\n'
        "</li>\n</ol>\n</div>"
    )


def test_footnotes_of_two_answers_on_one_page_keep_apart() -> None:
    source = "Se[^min kilde]\n\n[^min kilde]: Kilden"
    assert (rendered(source, "a1-"), rendered(source, "a2-")) == (footnote("a1-"), footnote("a2-"))


def test_a_footnote_referred_to_twice_leads_back_to_both_places() -> None:
    html = rendered("a[^1] b[^1]\n\n[^1]: n")
    assert [html.count(f'id="a-fn{n}"') for n in (1, 2, 3)] == [1, 1, 1]
    assert [html.count(f'href="#a-fn{n}"') for n in (1, 2, 3)] == [1, 1, 2]


def test_a_footnote_that_nothing_refers_to_leads_nowhere() -> None:
    assert rendered("[^1]: alene") == (
        '<div class="footnote">\n<hr>\n<ol>\n<li id="a-fn1">\n<p>alene&nbsp;<span></span></p>\n</li>\n</ol>\n</div>'
    )


def test_text_pasted_from_word_keeps_its_paragraphs_lists_and_headings() -> None:
    pasted = (
        "#\xa0Mål\r\n\xa0\r\nFørste\xa0avsnitt\r\n \t\xa0\r\nAndre “avsnitt” –\xa010\xa0000\r\n\r\n-\xa0en\r\n-\xa0 to"
    )
    assert rendered(pasted) == (
        "<h3>Mål</h3>\n<p>Første&nbsp;avsnitt</p>\n<p>Andre “avsnitt” –&nbsp;10&nbsp;000</p>\n"
        "<ul>\n<li>en</li>\n<li>to</li>\n</ul>"
    )


def test_escaped_text_keeps_paragraphs_and_line_breaks_and_nothing_else() -> None:
    assert escaped("# <b>A</b>\r\n& b\n\xa0\n\n\n*c*\x00\n\n") == (
        "<p># &lt;b&gt;A&lt;/b&gt;<br>\n&amp; b</p>\n<p>*c*</p>"
    )


def test_escaped_nothing_is_nothing() -> None:
    assert escaped(" \n\n\t\n") == ""


def test_plain_text_is_a_line_per_block() -> None:
    html = rendered("# A & B\n\nen *to*\ntre\xa0fire\n\n- x\n- y\n\nh|i\n-|-\n<j>|k")
    assert plain_text(html) == "A & B\nen to tre fire\nx\ny\nh\ni\n<j>\nk"


def test_plain_text_of_escaped_text_is_the_text() -> None:
    assert plain_text(escaped("a < b\n&amp; c\n\n* * *")) == "a < b\n&amp; c\n* * *"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", 0),
        ("# Hei, **på** deg!", 3),
        ("Sosiale-medier-plan er d’accord 3,5 ganger", 5),
        ("![Kai ved sjøen](image:" + "a" * 64 + ' "Fra Bergen")', 5),
        ("se [kilden her](https://vg.no/en-lang/adresse) og https://nrk.no/x\n\n[r]: http://a.no/b", 4),
        ("👍 — – *", 0),
        ("مرحبا بالعالم", 2),
    ],
)
def test_words_are_counted_without_addresses(source: str, words: int) -> None:
    assert word_count(source) == words


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (200, 1), (201, 2), (800, 4)])
def test_reading_time_is_rounded_up(words: int, minutes: int) -> None:
    assert reading_minutes(words) == minutes
