"""What the fields of the head are called on the Settings page, each with one line of help, and their choices."""

from __future__ import annotations

from collections.abc import Mapping

from ipdocs.desk.message import Message, message

FIELDS: Mapping[str, tuple[Message, Message]] = {
    "id": (
        message("Short name"),
        message("The name that the files of the document begin with: small letters, digits and hyphens."),
    ),
    "style": (message("House style"), message("How numbers, dates and lists are written.")),
    "domains": (message("Subjects"), message("The subjects whose terms apply to this document.")),
    "classification": (message("Who may read it"), message("A document that is not open is never put into a public version.")),
    "languages": (
        message("Languages"),
        message("The languages in which people write this document; the first is written first."),
    ),
    "title": (message("Title"), message("You can also write it on the page Write.")),
    "example": (message("Line for examples"), message("A line that marks the document as an example.")),
    "allow": (message("Checks left out"), message("The checks that do not apply to this document, each with the reason.")),
    "allow.reason": (message("Reason"), message("Why the check does not apply.")),
    "issued": (message("Time of issue"), message("The day, and the time if it is known: 21 Aug 2018, 18:30.")),
    "issuer": (message("Issuer"), message("Who issues the document, if it is not the office of the house style.")),
    "reference": (message("Reference"), message("The number or reference of the document.")),
    "embargo": (message("Embargo"), message("Not for publication before this time.")),
    "correction": (message("Correction"), message("For a corrected version: when it was issued, and what was corrected.")),
    "correction.issued": (message("Time of the correction"), message("When the corrected version is issued.")),
    "correction.text": (message("What was corrected"), message("Printed at the head of the corrected version.")),
    "on-behalf-of": (message("On behalf of"), message("For whom the document is issued, if it is not for the issuer.")),
    "contact": (message("Contact"), message("Whom the press may ask.")),
    "contact.office": (message("Office"), message("The office that answers.")),
    "contact.post": (message("Post"), message("The post of the person who answers.")),
    "contact.phone": (message("Telephone"), message("With spaces, as it is dialled: 2961 6800.")),
    "contact.email": (message("E-mail"), message("An address for enquiries.")),
    "status": (message("Status of the minutes"), message("Minutes are confirmed at the next meeting.")),
    "organisation": (message("Organisation"), message("Printed above the name of the committee.")),
    "committee": (message("Committee"), message("The body that meets.")),
    "secretariat": (message("Secretariat"), message("Printed at the end of the notice and the minutes.")),
    "paper": (message("Paper number of the minutes"), message("The number under which the minutes themselves are a paper.")),
    "meeting": (message("Meeting"), message("This meeting.")),
    "meeting.number": (message("Number"), message("The number of the meeting in its series: 17.")),
    "meeting.date": (message("Day"), message("The day of the meeting: 21 Aug 2018.")),
    "meeting.begins": (message("Begins"), message("The time at which the meeting begins: 14:30.")),
    "meeting.ends": (message("Ends"), message("The time at which the meeting ends: 17:05.")),
    "meeting.venue": (message("Place"), message("Where the meeting is held.")),
    "meeting.online": (message("How to join online"), message("An address or words for those who are not in the room.")),
    "notice": (message("Notice"), message("The notice that is sent with the agenda.")),
    "notice.issued": (message("Day of the notice"), message("The day on which the notice is sent.")),
    "notice.text": (message("Request to members"), message("What members are asked to do.")),
    "previous": (message("Last meeting"), message("The meeting whose minutes this meeting confirms.")),
    "previous.number": (message("Number"), message("The number of the last meeting.")),
    "previous.date": (message("Day"), message("The day of the last meeting.")),
    "previous.amendments": (message("Amendments"), message("What the minutes of the last meeting should say instead.")),
    "next": (message("Next meeting"), message("As far as it has been agreed.")),
    "next.number": (message("Number"), message("The number of the next meeting.")),
    "next.date": (message("Day"), message("The day of the next meeting.")),
    "next.begins": (message("Begins"), message("The time at which the next meeting begins.")),
    "next.venue": (message("Place"), message("Where the next meeting is held.")),
    "offices": (message("Offices"), message("The offices that act, present items or attend.")),
    "offices.name": (message("Name"), message("The full name of the office.")),
    "offices.short": (message("Short name"), message("The name in the column of actions.")),
    "attendance": (message("Attendance"), message("Who was present, absent or in attendance.")),
    "attendance.quorum": (message("Quorum"), message("How many members must be present: 8.")),
    "attendance.present": (message("Present"), message("Members of a board who were present.")),
    "attendance.members-present": (message("Members present"), message("Members of a committee who were present.")),
    "attendance.absent": (message("Absent"), message("Members of a board who were absent.")),
    "attendance.members-absent": (message("Members absent"), message("Members of a committee who were absent.")),
    "attendance.in-attendance": (message("In attendance"), message("Others who took part.")),
    "attendance.by-invitation": (message("By invitation"), message("Guests, for some of the items.")),
    "attendance.name": (message("Name"), message("The name of the person, with the title.")),
    "attendance.post": (message("Post"), message("The post of the person.")),
    "attendance.office": (message("Office"), message("The short name of the person's office in this document.")),
    "attendance.role": (message("Role"), message("The role of the person in the meeting.")),
    "attendance.items": (message("Items"), message("The agenda items that the person came for.")),
    "attendance.restricted": (message("Name withheld"), message("A public version leaves out the name.")),
    "papers": (message("Papers"), message("The papers of the meeting.")),
    "papers.id": (message("Short name"), message("The name that agenda items use for the paper.")),
    "papers.number": (message("Number"), message("The number of the paper.")),
    "papers.title": (message("Title"), message("The title of the paper.")),
    "papers.annex": (message("Annex"), message("The short name of the annex that has the paper.")),
    "papers.language": (message("Language"), message("If the paper exists in one language only.")),
    "papers.tabled": (message("Tabled"), message("The paper was tabled at the meeting.")),
    "papers.restricted": (message("Withheld"), message("A public version leaves out the paper.")),
    "annexes": (message("Annexes"), message("The files that are bound into the pack after the minutes.")),
    "annexes.id": (message("Short name"), message("The name that papers use for the annex.")),
    "annexes.label": (message("Letter"), message("The letter or number of the annex: B or II.")),
    "annexes.title": (message("Title"), message("The title of the annex.")),
    "annexes.file": (message("File"), message("The file beside the document: PDF, Word or a picture.")),
    "annexes.alt": (message("Words for people who cannot see the picture"), message("What the picture shows.")),
    "annexes.language": (message("Language"), message("If the annex exists in one language only.")),
    "annexes.classification": (message("Who may read it"), message("A public version leaves out an annex that is not open.")),
    "annexes.changes": (message("Tracked changes"), message("What happens to the tracked changes of a Word file.")),
}
"""The name and the help of each field, keyed by its keys without the positions of list entries and without languages."""

CHOICES: Mapping[str, Message] = {
    "open": message("Everybody"),
    "restricted": message("Restricted"),
    "confidential": message("Confidential"),
    "draft": message("Draft"),
    "unconfirmed": message("Unconfirmed"),
    "confirmed": message("Confirmed"),
    "chair": message("Chair"),
    "co-chair": message("Co-chair"),
    "deputy": message("Deputy chair"),
    "secretary": message("Secretary"),
    "accept": message("Accept them"),
}
"""The name of each choice."""


def field_title(name: str) -> Message:
    """Return the everyday name of a field of the head."""
    words = name.replace("-", " ").replace("_", " ").capitalize()
    return FIELDS[name][0] if name in FIELDS else message(words)
