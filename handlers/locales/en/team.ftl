# What moderators do with a case, what they are told about it, and the words of the closed lists.

button-confirm = Yes, do it

refusal-merged = { $code } goes on in another case. Take it out again first: /unmerge { $code }
refusal-role = Your role does not allow this. A coordinator or a lead can do it.
refusal-same = { $code } is set so already.
refusal-itself = { $code } and { $code } are one case. Name another one.
refusal-not-linked = { $code } and { $other } are not connected.
refusal-no-member = Name somebody of the roster: { $members }
refusal-choose = Write { $command } and one of these words: { $words }
refusal-nothing-follows = There is nothing left to choose from here.
refusal-finding = After the word come day, source and grade, as in: /{ $axis } released { $day } officials B

preview-merge = { $code } will go on in { $other }: one card for both. Its report, its consent and the way back to its reporter stay as they are.
preview-shadow = For two days at most, nothing is read that the account behind { $code } writes. It is not told.
preview-purge = { $code } will be deleted with its report, its notes and its card. Nobody can bring it back.

done-transfer = { $code } has changed hands.
done-urgency = { $code }: the urgency is changed.
done-label = { $code }: label added.
done-unlabel = { $code }: label taken away.
done-life = { $code }: noted.
done-track = { $code }: noted.
done-contact = { $code }: noted.
done-verify = { $code }: noted.
done-link = { $code }: marked as possibly the same person.
done-unlink = { $code }: the mark is gone.
done-merge = { $code } goes on in the other case.
done-unmerge = { $code } stands by itself again.
done-reopen = { $code } is open again.
done-shadow = { $code }: nothing new from its account is read.
done-purge = { $code } is deleted.

close-done = done
close-duplicate = duplicate
close-mistaken = no detention
close-withdrawn = withdrawn by the reporter
close-spam = spam

why-danger = danger to life or health
why-child = a child
why-health = health has got worse
why-transfer = taken elsewhere
why-other-report = another report says so
why-found = the person is found
why-danger-over = the danger is over
why-wrong-answer = an answer was mistaken

label-minor = under 18
label-torture = torture
label-medical = urgent medical help
label-disappearance = disappearance
label-group = mass detention
label-journalist = journalist
label-foreigner = foreign citizen
label-lawyer = lawyer needed
label-media = media ask
label-un = UN appeal

fate-life-reported = reported, not verified
fate-life-detained = detained
fate-life-missing = whereabouts unknown
fate-life-admin_arrest = administrative arrest
fate-life-suspect = suspect (72 hours)
fate-life-charged = charged
fate-life-pretrial = in custody before trial
fate-life-house_arrest = house arrest
fate-life-free_pending = free, the case goes on
fate-life-trial = on trial
fate-life-sentenced = sentenced
fate-life-limited = restricted liberty (“khimiya”)
fate-life-psychiatric = forced treatment
fate-life-released = released
fate-life-expelled = expelled from the country
fate-life-died = died
fate-life-unknown = no news
fate-track-none = no charge
fate-track-administrative = administrative case
fate-track-criminal = criminal case
fate-track-both = administrative and criminal case
fate-contact-none = no contact
fate-contact-parcel = parcels are taken
fate-contact-letters = letters
fate-contact-lawyer = lawyer admitted
fate-contact-visit = visits
