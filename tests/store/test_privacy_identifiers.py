"""Numbers with check digits, telephones, e-mail: every spelling is refused, other numbers pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.privacy import Kind, Verdict, inspect
from store.privacy.identifiers import is_national_number
from tests.bench.guard import clean_sentences, identifiers


def check_digits(nine: str, *, from_2000: bool) -> str:
    return f"{97 - int(f'2{nine}' if from_2000 else nine) % 97:02}"


@given(
    st.integers(0, 99),
    st.integers(0, 12),
    st.sampled_from([0, 20, 40]),
    st.integers(0, 31),
    st.integers(1, 999),
    st.booleans(),
)
def test_every_number_with_its_own_check_digits_is_one_and_with_others_rarely(  # noqa: PLR0913, PLR0917 - the parts of a number
    year: int,
    month: int,
    added: int,
    day: int,
    counter: int,
    from_2000: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    nine = f"{year:02}{month + added:02}{day:02}{counter:03}"
    assert is_national_number(nine + check_digits(nine, from_2000=from_2000))
    valid = {n for n in range(100) if is_national_number(f"{nine}{n:02}")}
    assert valid == {int(check_digits(nine, from_2000=century)) for century in (False, True)}


@pytest.mark.parametrize("month", [13, 19, 33, 39, 53, 60, 99])
def test_a_month_that_nobody_is_born_in_is_no_number(month: int) -> None:
    nine = f"11{month}04123"
    assert not is_national_number(nine + check_digits(nine, from_2000=True))


@pytest.mark.parametrize(
    "spelled",
    [
        "11.03.04-123.38",
        "11030412338",
        "11 03 04 123 38",
        "11/03/04/123/38",
        "11-03-04-123-38",
        "11.03.04 - 123 . 38",
        "110304\n12338",
        "110304 123-\n  38",
        "１１.０３.０４-１２３.３８",
        "١١٠٣٠٤١٢٣٣٨",
        "1\u200b1\u200b0\u200b3\u200b0\u200b4\u200b12338",
        "11.03.04\u2013123\u00a038",
        "leerling11030412338abc",
        "1 1 0 3 0 4 1 2 3 3 8",
        "1️⃣1️⃣030412338",
        "110304\u00ad12338",
        "11.O3.O4-l23.38",
        "nr 4: 11.03.04-123.38, 12 jaar",
        "11_03_04_123_38",
        "11,03,04,123,38",
        "(11)(03)(04)(123)(38)",
        "0011030412338",
    ],
)
def test_a_national_number_is_refused_in_every_spelling(spelled: str) -> None:
    finding = inspect(f"Het gaat om {spelled} hier.")
    assert Kind.NATIONAL_NUMBER in finding.kinds
    assert finding.verdict is Verdict.REFUSE


@pytest.mark.parametrize("added", [20, 40])
def test_a_bis_number_is_called_by_its_name(added: int) -> None:
    nine = f"10{added + 3}12301"
    number = nine + check_digits(nine, from_2000=True)
    assert inspect(f"bisnummer {number}").kinds == (Kind.BIS_NUMBER,)


@pytest.mark.parametrize(
    "text",
    [
        "Op 26/5/2020 een oproep, gestart op 1/9/2020.",
        "Overleg op 01.09.2026, 9.00-12.30 uur, 14 plaatsen.",
        "Budget: 1.234.567 euro voor 2025-2026, 12.345 euro minder.",
        "Ondernemingsnummer 0478.123.456 van de vzw.",
        "Bel 1712, 106 of het gratis nummer 0800 20 102.",
        "Vraag nr. 456 van 7 januari 2025, blz. 12-14, art. 123.",
        "In postcode 9000, 9050 en 8500; 2019 2020 2021 2022.",
        "ISBN 978-90-1234-567-8",
        "De code is 12345678901 volgens de handleiding.",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert inspect(text).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "number",
    [
        "BE68 5390 0754 7034",
        "be68539007547034",
        "BE68-5390-0754-7034",
        "BE68\n5390\n0754\n7034",
        "xBE68539007547034x",
        "NL91 ABNA 0417 1643 00",
        "FR14 2004 1010 0505 0001 3M02 606",
        "DE89 3704 0044 0532 0130 00",
        "ＢＥ６８ ５３９０ ０７５４ ７０３４",
        "539-0075470-34",
    ],
)
def test_an_account_number_is_refused(number: str) -> None:
    assert inspect(f"Storten op {number} van de moeder.").kinds == (Kind.IBAN,)


def test_an_account_number_with_wrong_check_digits_is_none() -> None:
    assert Kind.IBAN not in inspect("Storten op BE69 5390 0754 7034.").kinds


@pytest.mark.parametrize(
    "number",
    [
        "0478/12.34.56",
        "0478 12 34 56",
        "0478123456",
        "+32 478 12 34 56",
        "+32 (0)478 12 34 56",
        "0032478123456",
        "32478123456",
        "gsm0478123456",
        "09 224 35 46",
        "02/553.00.00",
        "+33 6 12 34 56 78",
        "06 12 34 56 78",
        "+31 6 12345678",
        "+212 661 234567",
        "０４７８ １２ ３４ ５６",
        "04\u200b78 12 34 56",
    ],
)
def test_a_telephone_is_refused(number: str) -> None:
    assert Kind.PHONE in inspect(f"Bel {number} na vier uur.").kinds


@pytest.mark.parametrize(
    "address",
    [
        "noor@gmail.com",
        "Noor.Verzonnen+school@Hotmail.com",
        "noor (at) telenet.be",
        "noor[at]skynet[dot]be",
        "noor at gmail punt com",
        "noor @ outlook.be",
        "noor.v@leerling.school.example",
    ],
)
def test_a_private_address_is_refused(address: str) -> None:
    assert inspect(f"Schrijf naar {address} aub").kinds == (Kind.EMAIL,)


@pytest.mark.parametrize(
    "address",
    [
        "info@brug.example",
        "onderwijs.ovl@dienst.example",
        "onthaal@clb.example",
        "clb@clb.example",
    ],
)
def test_the_mailbox_of_a_service_passes(address: str) -> None:
    assert inspect(f"Meer weten: {address}.").verdict is Verdict.PASS


def test_a_sample_of_the_generated_identifiers_is_refused_without_exception() -> None:
    missed = [
        kind
        for nth, (kind, text) in enumerate(identifiers())
        if not nth % 40 and kind not in inspect(text).kinds
    ]
    assert missed == []


def test_hardly_a_clean_sentence_of_the_domain_is_stopped() -> None:
    sentences = list(clean_sentences())[:2_000]
    verdicts = [inspect(sentence).verdict for sentence in sentences]
    assert verdicts.count(Verdict.REFUSE) <= len(sentences) // 1_000
    assert verdicts.count(Verdict.WARN) <= len(sentences) // 100
