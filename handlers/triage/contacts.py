"""Questions put back to a reporter, as the case remembers them: which, when, by whom, what came of them.

What was asked in free words, what was answered, and who the reporter is, the case does not know.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.triage.cases import Case, Contact, Reached

MOST = 3
"""Every message on a seized phone may be held against its owner: so many per report, then no more."""
UNDER_WAY = (Reached.WAITING, Reached.SENT)


def open_contact(case: Case) -> Contact | None:
    """The question that was neither answered nor given up."""
    last = case.contacts[-1] if case.contacts else None
    return last if last is not None and last.state in UNDER_WAY else None


def ask(case: Case, question: str, *, by: str, day: str) -> Case | None:
    """The case with one contact more, or with the open one asking something else; None: enough was asked."""
    contact = Contact(question, day, by)
    if open_contact(case) is not None:
        return replace(case, contacts=(*case.contacts[:-1], contact))
    return replace(case, contacts=(*case.contacts, contact)) if len(case.contacts) < MOST else None


def reach(case: Case, state: Reached) -> Case | None:
    """The open question stands so now; None where none is open, or it stands so already."""
    contact = open_contact(case)
    if contact is None or contact.state is state:
        return None
    return replace(case, contacts=(*case.contacts[:-1], replace(contact, state=state)))


def hear(case: Case) -> Case:
    """One answer more that nobody has seen: to its own question, if one is open."""
    return hear_of(reach(case, Reached.ANSWERED) or case)


def hear_of(whole: Case) -> Case:
    """The same on the case that goes on; what its own reporter was asked stays open."""
    return replace(whole, unseen=whole.unseen + 1, heard=whole.heard + 1)
