import pytest
from hypothesis import given

from handlers.speech import pages
from handlers.speech.answer import Answer
from tests.strategies import answers


@given(answers)
def test_an_answer_comes_out_of_its_letter_as_it_went_in(answer: Answer) -> None:
    assert pages.read(pages.write(answer)) == answer


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"headline": "x", "odd": 1}'])
def test_a_letter_that_holds_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected an answer|Expecting value"):
        pages.read(text)
