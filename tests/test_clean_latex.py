"""LaTeX → Unicode: what a reader sees typeset, and never an exception."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from kb.clean.latex import DEEPEST, LONGEST, decoded, plain, split_outside_braces

CASES = {
    # accents, in every place that braces can take
    r"{\"o}": "ö",
    r"\"{o}": "ö",
    r"\"o": "ö",
    r"{\" o}": "ö",
    r"{\"{o}}": "ö",
    r"G{\"o}del": "Gödel",
    r"\'{\i}": "í",
    r"\'\i": "í",
    r"{\'{\i}}": "í",
    r"\v{s}": "š",
    r"\v s": "š",
    r"\c c a": "ç a",
    r"\c{c}": "ç",
    r"\H{o}": "ő",
    r"\k{a}": "ą",
    r"\r{a}": "å",
    r"\u{g}": "ğ",
    r"\=a": "ā",
    r"\.I": "İ",
    r"\d{s}": "ṣ",
    r"\b{b}": "ḇ",
    r"\~n": "ñ",
    r"\`{a}": "à",
    r"\^{\^{e}}": "ê̂",
    r"\'{\^e}": "ế",
    "e\u0301": "é",
    # letters
    r"S{\o}ren": "Søren",
    r"S\o ren": "Søren",
    r"S\o{}ren": "Søren",
    r"\L{}\'od\'z": "Łódź",
    r"Stra{\ss}e": "Straße",
    r"{\aa}{\AE}{\oe}{\TH}{\dh}{\dj}{\ng}": "åÆœÞðđŋ",
    # escaped and special signs
    r"Victims {\&} Offenders": "Victims & Offenders",
    r"A \& B, 50\% of \#1 \$5 a\_b": "A & B, 50% of #1 $5 a_b",
    "A & B, 50% of #1 a_b": "A & B, 50% of #1 a_b",
    r"\{braces\}": "{braces}",
    r"x \textless\ y \textgreater{} z": "x < y > z",
    "n < 5 and m > 3 or <<this>>": "n < 5 and m > 3 or <<this>>",
    r"\textasciitilde{}5": "~5",
    r"a~b\,c\ d": "a b c d",
    r"pre\-ven\-tion": "prevention",
    r"one\\two": "one two",
    "soft\u00adhyphen and zero\u200bwidth": "softhyphen and zerowidth",
    "&amp; &lt;i&gt; &#8211; &amp;amp;": "& <i> – &",
    r"{\&}amp$\mathsemicolon$": "&",
    # dashes and quotation marks
    "risk -- a review --- again": "risk – a review — again",
    "``Grooming'' and `luring'": "“Grooming” and ‘luring’",
    "men's and 'this'": "men's and 'this'",
    r"\enquote{Grooming}": "“Grooming”",
    "!`Hola! ?`Que?": "¡Hola! ¿Que?",
    # markup
    "The {CSAM} and {{Static-99R}} {S}tudy": "The CSAM and Static-99R Study",
    r"\textit{Actuarial} \emph{and {nested}} \textbf{b} {\em c} {\itshape d}": "Actuarial and nested b c d",
    r"\textsc{Cport}-\texttt{a_b}": "Cport-a_b",
    r"\mkbibquote{Q} and \mkbibemph{e}": "“Q” and e",
    r"R\textsuperscript{2}, 1\textsuperscript{st}, H\textsubscript{2}O": "R², 1st, H₂O",
    r"\url{https://example.org/a_b%20c\%20d~e}": "https://example.org/a_b%20c%20d~e",
    r"\href{https://example.org/a%20b}{the tool}": "the tool",
    r"{\noopsort{1973a}}Title": "Title",
    r"see \citep[p. 4]{seto2015}": "see [seto2015]",
    r"\unknown{kept} text": "kept text",
    r"\vphantom{x\vphantom}": "x",
    # mathematics and money
    r"$p < .05$, $p<.05$, $<$5": "p < .05, p<.05, <5",
    r"$\alpha$ = .80, $\chi^2$(1), $\ge 3$": "α = .80, χ²(1), ≥ 3",
    r"H$_2$O, 10$^{6}$, 10$^{-3}$": "H₂O, 10⁶, 10⁻³",
    r"$R^2 = \frac{1}{2}$": "R² = 1/2",
    r"50% of $\alpha$ & more": "50% of α & more",
    "from $5 to $10, or US$ 7": "from $5 to $10, or US$ 7",
    # broken, but clear
    "a } b": "a b",
    "{unclosed": "unclosed",
}  # fmt: skip


@pytest.mark.parametrize(("source", "text"), CASES.items())
def test_hard_cases(source: str, text: str) -> None:
    """Each is decoded without complaint to what a reader would see."""
    assert decoded(source) == (text, "")


@pytest.mark.parametrize(
    "source",
    [
        r"C:\temp\files",
        r"\href{only one}",
        r"a \' ",
        r"\begin{itemize} x",
        "{" * (DEEPEST + 1) + r"\alpha" + "}" * (DEEPEST + 1),
        r"\alpha" + "x" * LONGEST,
    ],
)
def test_what_cannot_be_decoded_is_kept_with_a_reason(source: str) -> None:
    """Nothing is lost, and the reason is a sentence."""
    text, complaint = decoded(source)

    assert text == source.strip()
    assert complaint.endswith(".")


def test_text_is_put_on_one_line() -> None:
    """Line ends, tabs and runs of spaces are single spaces; control characters go."""
    assert plain("  One\n   title\twith\u00a0space\u2003and \x07 bell ") == "One title with space and bell"


PLAIN = st.text(st.characters(exclude_characters="\\{}$~`&", codec="utf-8")).filter(
    lambda text: "--" not in text and "''" not in text
)


@given(PLAIN)
def test_text_without_latex_is_only_put_on_one_line(text: str) -> None:
    """Letters stay, and a second cleaning changes nothing."""
    once = plain(text)

    assert once == plain(once)
    assert once == " ".join(once.split())
    assert len(once.replace(" ", "")) <= len(text)


PIECES = st.sampled_from(
    [*CASES, "risk", " ", "Static-99R", "Müller", "50%", "R&D", "n<5", "--", "''", "O'Neill"]
)
# Escapes that stand for LaTeX's own signs cannot be cleaned twice: \$5 is $5, which might open mathematics
UNSTABLE = ("\\{", "\\$", "\\textasciitilde", "~e", "`", "&amp;amp")


@given(st.lists(PIECES.filter(lambda piece: not any(sign in piece for sign in UNSTABLE)), max_size=6))
def test_cleaning_twice_changes_nothing(pieces: list[str]) -> None:
    """What came out is plain text, and stays as it is."""
    once = plain(" ".join(pieces))

    assert plain(once) == once


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([*"\\{}$~`'-_^%& ab\"=.0é\n", "\\alpha", "\\textit", "\\url", "\\cite", "\\frac"])
    )
)
def test_any_jumble_is_decoded_or_kept(pieces: list[str]) -> None:
    """No text raises, and the result is one clean line."""
    text, _ = decoded("".join(pieces))

    assert text == " ".join(text.split())
    assert text.isprintable()


ACCENTED = st.builds(
    lambda accent, letter, form: form.format(accent, letter),
    st.sampled_from([*"`'^\"~=.", "v", "u", "H", "c", "k", "r", "d", "b"]),
    st.sampled_from("aeioucnszgEOUCSZ"),
    st.sampled_from([r"\{}{{{}}}", r"{{\{}{{{}}}}}", r"{{\{} {}}}"]),
)
COMMANDS = st.sampled_from(
    [r"{\ss}", r"\o{}", r"{\AA}", r"\&", r"\%", r"\_", r"\#", r"\textit{x}", r"\emph{y}", "{Z}"]
)


@given(st.lists(st.one_of(ACCENTED, COMMANDS, st.sampled_from(["word", "x"])), max_size=8))
def test_the_short_way_gives_what_pylatexenc_gives(pieces: list[str]) -> None:
    """The commands that are replaced directly mean what they mean to a whole LaTeX parser."""
    source = " ".join(pieces)

    assert plain(source) == plain(LatexNodes2Text(strict_latex_spaces=True).latex_to_text(source))


def test_splitting_respects_braces_and_is_linear() -> None:
    """Unbalanced braces do not stop it."""
    assert split_outside_braces("a, {b, c}; d", ",;") == ["a", "{b, c}", "d"]
    assert split_outside_braces("a}, b, {c, d", ",") == ["a}", "b", "{c, d"]
    assert split_outside_braces(r"a\, b, , c", ",") == [r"a\, b", "c"]
    assert len(split_outside_braces("a," * 100_000, ",")) == 100_000


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Replicating <i>The City</i> after CO<sub>2</sub>", "Replicating The City after CO₂"),
        ("Caf&eacute; <b>and</b> <b", "Café and <b"),
        ("One<br/>two, p <i, and <i> open", "One two, p <i, and <i> open"),
        ("<jats:p>Aims</jats:p><jats:p>Methods</jats:p>", "Aims Methods"),
        (r"$\kappa \geq .8$ and $\chi^2$", "κ ≥ .8 and χ²"),
    ],
)
def test_tags_and_signs_of_mathematics(source: str, text: str) -> None:
    """What publishers leave in titles; a tag that is not closed is no tag."""
    assert plain(source) == text
