"""The keys of the words for phases, levels, addressees and what the guard finds."""

from handlers.speech.words import Words
from store.privacy import Kind
from store.signals import Addressee, Anonymity, Level, Phase

PHASES = {
    Phase.OPMERKEN: "signals.phase_noticed",
    Phase.VERZAMELEN: "signals.phase_gathered",
    Phase.BUNDELEN: "signals.phase_bundled",
    Phase.ANALYSEREN: "signals.phase_analysed",
    Phase.RAPPORTEREN: "signals.phase_reported",
    Phase.BESLISSEN: "signals.phase_decided",
    Phase.ACTIE: "signals.phase_acted",
    Phase.FEEDBACK: "signals.phase_told",
}
LEVELS = {
    Level.KLEUTER: "signals.level_nursery",
    Level.LAGER: "signals.level_primary",
    Level.SECUNDAIR: "signals.level_secondary",
    Level.ALLE: "signals.level_all",
}
ADDRESSEES = {
    Addressee.WELZIJN: "signals.for_welfare",
    Addressee.ONDERWIJS: "signals.for_education",
    Addressee.BEIDE: "signals.for_both",
    Addressee.LOKAAL: "signals.for_local",
}
WHO_SEES = {
    Anonymity.DUO: "signals.seen_by_duo",
    Anonymity.OPEN: "signals.seen_by_members",
    Anonymity.NOBODY: "signals.seen_by_nobody",
}
"""For each level of anonymity, who will see what (F35)."""

KINDS = {
    Kind.NATIONAL_NUMBER: "signals.kind_national_number",
    Kind.BIS_NUMBER: "signals.kind_national_number",
    Kind.IBAN: "signals.kind_iban",
    Kind.PHONE: "signals.kind_phone",
    Kind.EMAIL: "signals.kind_email",
    Kind.BIRTH_DATE: "signals.kind_birth_date",
    Kind.TOO_LONG: "signals.kind_too_long",
    Kind.FAULT: "signals.kind_fault",
    Kind.WORK_EMAIL: "signals.kind_email",
    Kind.POSSIBLE_BIRTH_DATE: "signals.kind_birth_date",
    Kind.ADDRESS: "signals.kind_address",
    Kind.LICENCE_PLATE: "signals.kind_licence_plate",
    Kind.FILE_NUMBER: "signals.kind_file_number",
    Kind.PERSON_NAME: "signals.kind_name",
    Kind.INITIALS: "signals.kind_initials",
    Kind.AGE_IN_CONTEXT: "signals.kind_age",
    Kind.CLASS_IN_CONTEXT: "signals.kind_class",
    Kind.MENTION: "signals.kind_mention",
    Kind.INDIRECT: "signals.kind_indirect",
}


def phase(of: Phase, words: Words) -> str:
    """Return a phase in words."""
    return words.plain(PHASES[of])


def level(of: Level, words: Words) -> str:
    """Return a level of education in words."""
    return words.plain(LEVELS[of])


def addressee(of: Addressee, words: Words) -> str:
    """Return who can do something about it, in words."""
    return words.plain(ADDRESSEES[of])
