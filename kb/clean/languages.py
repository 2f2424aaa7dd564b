"""Languages: the names that BibLaTeX (babel, polyglossia) and libraries use → BCP 47 tags."""

import re

from kb.clean.latex import plain

_TAGS = {
    "en": "english british american ukenglish usenglish australian canadian newzealand eng",
    "de": "german ngerman austrian naustrian swissgerman nswissgerman deu ger deutsch",
    "fr": "french francais français acadian canadien fra fre",
    "nl": "dutch nld dut nederlands",
    "es": "spanish spa mexican español espanol castilian",
    "it": "italian ita italiano",
    "pt": "portuguese por portuges brazilian brazil português",
    "sv": "swedish swe svenska",
    "nb": "norwegian norsk bokmal bokmål nob nor",
    "nn": "nynorsk nno",
    "da": "danish dan dansk",
    "fi": "finnish fin suomi",
    "is": "icelandic isl ice",
    "pl": "polish pol polski",
    "cs": "czech ces cze čeština",
    "sk": "slovak slk slo",
    "hu": "hungarian magyar hun",
    "ro": "romanian ron rum",
    "ru": "russian rus",
    "uk": "ukrainian ukr",
    "el": "greek polutonikogreek ell gre",
    "tr": "turkish tur",
    "he": "hebrew heb",
    "ar": "arabic ara",
    "fa": "persian farsi fas per",
    "ja": "japanese jpn",
    "zh": "chinese zho chi pinyin",
    "ko": "korean kor",
    "et": "estonian est",
    "lv": "latvian lav",
    "lt": "lithuanian lit",
    "sl": "slovene slovenian slv",
    "hr": "croatian hrv",
    "sr": "serbian srp",
    "bg": "bulgarian bul",
    "la": "latin lat",
    "id": "indonesian ind",
    "th": "thai tha",
    "vi": "vietnamese vie",
    "hi": "hindi hin",
    "af": "afrikaans afr",
}
_BY_NAME = {name: tag for tag, names in _TAGS.items() for name in names.split()}
_TAG = re.compile(r"([a-z]{2,3})(?:[-_](?:[a-z]{2}|\d{3}|[a-z]{4}|[a-z]{4}[-_][a-z]{2}))?")


def language(source: str) -> str:
    """The language as a BCP 47 tag of two letters where it is known, else as written.

    >>> language("ngerman")
    'de'
    >>> language("en-GB")
    'en'
    """
    text = plain(source)
    word = text.lower().removeprefix("lang")
    found = _BY_NAME.get(word)
    if found:
        return found
    tag = _TAG.fullmatch(word)
    if tag:
        return _BY_NAME.get(tag[1], tag[1])
    return text
