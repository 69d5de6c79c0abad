"""The packaged weights, and how weights are learned."""

import re

import numpy as np
import pytest

from services.ml_gateway.engine.reader.labelling.items import ADJECTIVE_FORMS
from services.ml_gateway.engine.reader.labelling.labeller import LABELS
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.weights import Learned, packaged, parse, written
from services.ml_gateway.training.calibration import fit_calibration
from services.ml_gateway.training.fitting import Example, Options, fit
from services.ml_gateway.training.packing import Names
from services.ml_gateway.training.ranks import choosing, fit_ranks


def test_what_is_written_is_read_again() -> None:
    learned = Learned({"b1=most": ((1, 0.5), (3, -1.25))}, {"likely": 0.5}, {"bias": -1.0})
    again = parse(written(learned))
    assert dict(again.labels["b1=most"]) == pytest.approx({1: 0.5, 3: -1.25})
    assert (again.ranks, again.calibration) == (learned.ranks, learned.calibration)
    assert written(again) == written(learned)


def test_words_in_packaged_weights_are_of_the_closed_list() -> None:
    """Window features quote words: none may be a name or a value of a catalog."""
    quoting = re.compile(r"^(?:a\d+|b\d+|ba|bba|baa|gap|ahead|opens)=(.*?)(?: at=\d)?$")
    allowed = {*WORDS, *ADJECTIVE_FORMS, "#", "~", "|", "..", "quoted", "date", "T", "C", "V", "M", "F", "L"}
    for feature in packaged().labels:
        if found := quoting.match(feature):
            assert {word for word in found[1].split() if len(word) > 1} <= allowed, feature


def test_equal_examples_give_equal_weights() -> None:
    allowed = [label in (Label.SHOW, Label.WHERE) for label in LABELS]
    ignored = [label is Label.IGNORED for label in LABELS]
    nothing = [False for _ in LABELS]
    show, where = ([label is wanted for label in LABELS] for wanted in (Label.SHOW, Label.WHERE))
    names, masks = Names(), np.array([ignored, allowed])
    of, is_, none, kind = (names.numbers(some) for some in (("before of",), ("before is",), (), ("kind",)))
    examples = [
        Example(of, (none, kind), masks, np.array([nothing, show])),
        Example(is_, (none, kind), masks, np.array([nothing, where])),
    ] * 5
    options = Options(rarest=1)
    weights = fit(examples, names.listed, options)
    assert weights == fit(examples, names.listed, options)
    after_of = dict(weights["before of"])
    assert after_of[LABELS.index(Label.SHOW)] > after_of[LABELS.index(Label.WHERE)]


def test_the_ranker_prefers_what_was_right() -> None:
    names = Names()
    questions = [choosing(({"good": 1.0}, {"bad": 1.0}), (True, False), names)] * 12
    weights = fit_ranks(questions, names.listed)
    assert weights["good"] > 0 > weights["bad"]


def test_calibration_follows_the_share_that_was_right() -> None:
    weights = fit_calibration([({"bias": 1.0, "sure": float(n % 2)}, n % 2 == 1 or n % 10 == 0) for n in range(100)])
    assert weights["sure"] > 0
