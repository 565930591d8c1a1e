# After sending: the legal clock and help cards. Short, calm, no promise, no blame; a card has 60 words at most.

clock-head = What the law says should happen. In practice it is often broken.
clock-note = Dates are those of Minsk, counted from the latest moment you named. Compared with the law on { $day }. A lawyer knows more about this case.
clock-next = By { $when }: { $what }
clock-past = This term passed on { $when }: { $what }
clock-length = { $length } after the detention: { $what }
clock-after-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
clock-after-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
clock-after-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}

clock-report_3h = an ordinary administrative detention should end. Relatives should be told where the person is, if the person asks for it.
clock-family_12h = in a criminal case the family should be told.
clock-prosecutor_24h = the prosecutor should be told. A court should hear a complaint against the detention within 24 hours.
clock-consulate_24h = the consulate of a foreign citizen should be told. You can call it yourself now.
clock-suspect_72h = the person should be free, have had a hearing, or have an order for custody. A court's arrest can be appealed within 5 days.
clock-charge_10d = in a criminal case a charge should be brought (for some articles within 20 days), or the person released.
clock-arrest_15d = the longest ordinary administrative arrest should end. People are sometimes detained again on the last day; it helps if somebody waits at the gate.
clock-arrest_30d = the longest administrative arrest, for a repetition, should end.
clock-custody_2m = the first term of custody should end, or be prolonged by an order. Ask the lawyer for it.
clock-wgeid_3m = the urgent procedure of the UN working group on disappearances is open until this day.

help-card-loss = We are sorry. A person will read your report. You need not do anything now. Later it can help to ask for the written cause, time and place of death, and to speak with a lawyer before you sign anything. If you can, let somebody close stay with you.
help-card-find_place = Finding the place. Call the police duty desk of the district, then the temporary facility, then the KGB reception. Write down the time, name, rank and exact words; a refusal matters, too. Do not name friends and do not argue. If somebody has to go in person, better someone who is not politically active.
help-card-lawyer = Lawyer. A relative signs the contract; the first meeting matters most. Lawyers work under pressure and often may not tell you details: please do not ask them to pass details on to us. If the lawyer is not let in, write down the date and the reason given.
help-card-parcel = Parcel. Close relatives with a passport can usually bring up to 5 kg of food and hygiene things; ask for the list of the place first. For some people parcels are refused. An accepted parcel proves where the person is, so write down the day.
help-card-medicines = Medicines. Bring the original package, the prescription and a written request to the head of the facility; send a copy to the prosecutor. Keep a copy yourself. If you write to us again, name the medicine and what happens without it.
help-card-injuries = Injuries and pressure. Ask the lawyer to demand a doctor in writing and to have injuries recorded. Write down who saw what and when. Do not publish details now: those who hold the person may read them, too.
help-card-children = Children. A trusted adult needs a written consent and the children's documents; let that adult speak with the school. If an authority asks about the children, tell a lawyer and us at once.
help-card-young = Under 18. A parent or another representative should be present at every questioning, and there should be no administrative arrest. Tell the lawyer the date of birth at once, and bring a copy of the birth certificate.
help-card-phone = Phone taken. Treat every chat on it as read. Friends should leave shared groups, end the sessions they can, and change passwords. Do not write to the accounts of the detained person, whoever answers there.
help-card-consulate = Foreign or second citizenship. Call the consulate now: name, date of birth, day and place of the detention. Ask for a visit. Authorities may not recognise a second citizenship; the consulate can still ask.
help-card-video = Video or "confession". Keep the link and a screenshot with the date. Do not share it further. It can later prove that somebody was forced to speak.
help-card-signed_paper = If you signed a non-disclosure paper, do not tell us what only you can know. Ask a lawyer what it covers. We publish nothing about the case without your separate consent.
help-card-witness = You may be called for questioning. A close relative may refuse to testify about family, and anybody about themselves. Ask for a written summons, and take a lawyer if you can.
help-card-after_release = After release. See a doctor in the first 24 to 72 hours, and let injuries be written down and photographed. Rest, and speak with somebody trained if you can. Before leaving or returning to Belarus, ask for advice. The case can still go to the UN.
help-card-keep_papers = Keep a short diary on paper: dates, names, ranks, exact words. Keep every paper you are given, and a copy with somebody you trust. Do not keep it on the phone.
help-card-own_rest = This is hard, and you are doing what can be done. Eat, sleep, and share the calls with somebody close. You can erase this chat now, and come back any day.
