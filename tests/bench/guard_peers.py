"""The programs that the guard is measured against, on the same texts in the same run.

Presidio runs without a language model, as the guard does; deduce builds its look-up for some two
minutes at its first start, so it only runs with SLOW=1. What is not there is said in its row.
"""

import importlib
import importlib.util
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

Notices: TypeAlias = Callable[[str], bool]
"""Whether a detector notices anything that identifies somebody in a text."""


def peers() -> Iterator[tuple[str, Notices | str]]:
    """Yield each peer by name: what it notices, or the reason why it does not run."""
    for name, start in _STARTS.items():
        if importlib.util.find_spec(name) is None:
            yield name, "not installed: `make bench` installs it"
        elif name in _SLOW and not os.environ.get("SLOW"):
            yield name, "takes minutes to start: `make bench SLOW=1`"
        else:
            yield name, start()


def _presidio() -> Notices:
    spacy: Any = importlib.import_module("spacy")
    domains: Any = importlib.import_module("tldextract.tldextract")
    presidio: Any = importlib.import_module("presidio_analyzer")
    engines: Any = importlib.import_module("presidio_analyzer.nlp_engine")
    recognizers: Any = importlib.import_module("presidio_analyzer.predefined_recognizers")
    # Its own list of domains, instead of the newest from the internet.
    domains.TLD_EXTRACTOR = domains.TLDExtract(suffix_list_urls=())
    # Its patterns are for English; they do not look at the words around them.
    engine = engines.SpacyNlpEngine()
    engine.nlp = {"en": spacy.blank("en")}
    registry = presidio.RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    registry.remove_recognizer("PhoneRecognizer")
    registry.add_recognizer(recognizers.PhoneRecognizer(supported_regions=("BE", "NL", "FR")))
    analyzer = presidio.AnalyzerEngine(
        registry=registry, nlp_engine=engine, supported_languages=["en"]
    )

    def notices(text: str) -> bool:
        found = analyzer.analyze(text, language="en")
        return any(one.entity_type != "URL" for one in found)  # a site identifies nobody

    return notices


def _deduce() -> Notices:
    deduce: Any = importlib.import_module("deduce")
    detector = deduce.Deduce()
    places = {"locatie", "ziekenhuis", "zorginstelling"}  # where something is identifies nobody

    def notices(text: str) -> bool:
        return any(one.tag not in places for one in detector.deidentify(text).annotations)

    return notices


_STARTS: Mapping[str, Callable[[], Notices]] = {"presidio_analyzer": _presidio, "deduce": _deduce}
_SLOW = frozenset({"deduce"})
