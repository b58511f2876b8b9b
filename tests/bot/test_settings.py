"""Settings are read as a whole, and what is wrong is told without its value."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsWrong, load


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("BRUG_HOME", "BRUG_DATABASE_URL", "BRUG_DEMONSTRATION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_not_set_or_set_to_nothing_has_its_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BRUG_PORT", " ")
    monkeypatch.setenv("BRUG_DEMONSTRATION", "")

    assert load() == Settings()


def test_every_kind_of_setting_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "BRUG_HOME": "elsewhere",
        "BRUG_PORT": "0",
        "BRUG_LANGUAGE": "fr",
        "BRUG_DEMONSTRATION": "No",
        "BRUG_CENTRAL_MAILBOX": "leernetwerken@voorbeeld.example",
        "SLACK_API_BASE_URL": "http://127.0.0.1:9000/api/",
    }.items():
        monkeypatch.setenv(name, text)

    assert load() == Settings(
        home=Path("elsewhere"),
        port=0,
        language="fr",
        demonstration=False,
        central_mailbox="leernetwerken@voorbeeld.example",
        slack_api_base_url="http://127.0.0.1:9000/api/",
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("BRUG_PORT", "70000"),
        ("BRUG_PORT", "-1"),
        ("BRUG_PORT", "acht"),
        ("BRUG_LOG_LEVEL", "LOUD"),
        ("BRUG_LANGUAGE", "xx"),
        ("BRUG_DEMONSTRATION", "maybe"),
        ("BRUG_CENTRAL_MAILBOX", "geen adres"),
        ("SLACK_API_BASE_URL", "https://slack.example/api"),
        ("SLACK_HOME_WORKSPACE", "networks"),
    ],
)
def test_a_wrong_value_is_told_by_its_name_and_never_repeated(
    name: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, typed)

    with pytest.raises(SettingsWrong, match=f"{name}: should be ") as told:
        load()

    assert typed not in str(told.value)


def test_a_name_that_is_nearly_a_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRUG_DATABSE_URL", "postgresql://brug:geheim@127.0.0.1/brug")
    monkeypatch.setenv("BRUG_PORT", "acht")

    with pytest.raises(SettingsWrong) as told:
        load()

    assert "BRUG_DATABSE_URL: is no setting; BRUG_DATABASE_URL is" in str(told.value)
    assert "BRUG_PORT" in str(told.value)
    assert "geheim" not in str(told.value)


def test_the_environment_goes_before_the_file(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "# two settings\nexport BRUG_LANGUAGE='en'\nBRUG_PORT=9000\nOTHER=1\n"
    (elsewhere / ".env").write_text(lines, "utf-8")
    monkeypatch.setenv("BRUG_PORT", "9001")

    assert load() == Settings(language="en", port=9001)


def test_a_file_that_is_no_text_is_told(elsewhere: Path) -> None:
    (elsewhere / ".env").write_bytes(b"BRUG_LANGUAGE=\xff\xfe")

    with pytest.raises(SettingsWrong, match="UTF-8"):
        load()


def test_what_is_secret_is_not_in_its_representation() -> None:
    settings = Settings(
        slack_bot_token="xoxb-geheim",  # noqa: S106 - invented
        slack_app_token="xapp-geheim",  # noqa: S106
        slack_signing_secret="geheim",  # noqa: S106
        database_url="postgresql://brug:geheim@127.0.0.1/brug",
    )

    assert "geheim" not in repr(settings)
