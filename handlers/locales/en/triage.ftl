# What moderators see. Closed lists only: no name, no story, no hour.

card-head = { $title }
card-urgency = Urgency: { $level }
card-urgency-set = Urgency: { $level } ({ $reason }, { $by })
card-unfinished = Unfinished: the reporter stopped before sending.
card-reasons = ⚑ { $reasons }{ $more }
card-more = { " " }· +{ $count }
card-region = Region: { $region }
card-bodies = Detained by: { $bodies }
card-who = Age: { $group } · Day: { $day }
card-status = Status: { $status }
card-claimed = Taken by { $by }, until { $until }
card-closed = Status: { $status } ({ $reason })
card-labels = 🏷 { $labels }
card-fate = Now: { $fate }
card-others = 🔗 Reports joined: { $parts } · possibly the same: { $linked }
card-notes = 🗒 Notes: { $count }
card-list = { $first }, { $rest }
card-points = { $first } · { $rest }
card-unknown = not known
card-alike = ≈ Possibly the same as { $cases }
card-alike-case = { $code } ({ $facts })
card-fact-name = name
card-fact-surname = family name
card-fact-patronymic = patronymic
card-fact-year = year of birth
card-fact-day = day
card-fact-region = region

level-red = red, read within 1 hour
level-orange = orange, read within 6 hours
level-yellow = yellow, read within 24 hours
level-green = green, read within 72 hours

status-held = held back
status-new = new
status-claimed = taken
status-merged = goes on in another case
status-closed = closed

button-claim = Take
button-release = Give back
button-close = Close

refusal-taken = Already taken by { $by }.
refusal-yours-already = You have { $code } already.
refusal-not-yours = { $by } works on this case. They, or a lead, can do this.
refusal-held = { $code } is not shown yet: its reporter is still writing.
refusal-new = Nobody has taken { $code } yet.
refusal-closed = { $code } is closed.
refusal-stale = { $code } has changed in the meantime. Look at the card and press again.

digest-topic = 📁 Digests
digest-note =
    Digest for { $day }. Open it on your own computer, with your key.

    This is where the log of the server stands; nobody can change it behind this line without being found out:
    { $log }

# Reasons of the urgency
reason-whereabouts_denied = Authorities deny holding the person
reason-whereabouts_unknown = Whereabouts unknown
reason-whereabouts_died = The person is reported dead
reason-unknown_24h = Whereabouts unknown, possibly for a day or longer
reason-possible_disappearance = Possible enforced disappearance
reason-released = Already free
reason-flag_minor = Under 18
reason-flag_pregnant = Pregnant
reason-flag_deport = May be deported
reason-flag_kids = Children left alone
reason-flag_injured = Beaten or injured
reason-flag_medicine = Needs medicine
reason-flag_hunger = Hunger strike or suicide risk
reason-flag_threats = Threats, pressure, torture
reason-flag_illness = Serious illness
reason-flag_disability = Disability or aged 65+
reason-torture_alleged = Torture or sexual violence alleged
reason-care_refused = Medical care refused
reason-mass_detention = Mass detention (20 or more)
reason-group_detention = Group detention (5 to 19)
reason-parents_held = Only parent, or both parents, detained
reason-protected_work = Journalist, defender or lawyer
reason-trade_union = Trade unionist
reason-foreign_citizen = Foreign or second citizenship
reason-phone_opened = Phone opened: other people are exposed
reason-no_contact = No contact with the family
reason-clock_3h = Perhaps less than 3 hours ago
reason-clock_72h = Perhaps less than 72 hours ago
reason-clock_10d = Perhaps less than 10 days ago

# Regions and detaining bodies, as they stand on a card
card-region-BY-HM = Minsk city
card-region-BY-MI = Minsk region
card-region-BY-BR = Brest region
card-region-BY-VI = Viciebsk region
card-region-BY-HO = Homiel region
card-region-BY-HR = Hrodna region
card-region-BY-MA = Mahilioŭ region
card-region-abroad = abroad

card-body-police = police
card-body-omon = OMON
card-body-gubopik = GUBOPiK
card-body-kgb = KGB
card-body-sk = Investigative Committee
card-body-dfr = financial investigations (DFR)
card-body-border = border guards
card-body-customs = customs
card-body-internal_troops = internal troops
card-body-military = military
card-body-sbp = presidential protection service
card-body-prosecutor = prosecutor's office
card-body-prison_staff = prison staff
card-body-plainclothes = plain clothes, masks
card-body-foreign = forces of another country
card-body-unknown = not known
