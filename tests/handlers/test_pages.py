import pytest
from hypothesis import given

from handlers.speech import pages
from handlers.speech.answer import Answer
from tests.strategies import answers


@given(answers)
def test_an_answer_comes_out_of_its_letter_as_it_went_in(answer: Answer) -> None:
    # By their letters: a bar that is no number is not equal to itself.
    assert repr(pages.read(pages.write(answer))) == repr(answer)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"headline": "x", "odd": 1}'])
def test_a_letter_that_holds_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected an answer|Expecting value"):
        pages.read(text)
