# Questions to the person who reported: what they read, and what the team reads about it.

asking-head = One short question. You need not answer it: nothing depends on that.
asking-foot = Report { $code }. Answer with a button or in one message. Write nothing about yourself.
asking-free = { $words }
asking-help = Press a button or write the answer in words. If you want no more questions, write /stop.
asking-write = Write your answer in one message. Write nothing about yourself.
asking-kept = Kept as an addition to { $code }. If there is more to say, write it now. A new report: /start
asking-thanks = Thank you. This message will disappear by itself.
asking-gone = This question can no longer be answered here. If there is news, begin anew: /start
asking-button-write = Write it in words
asking-button-decline = Do not answer
asking-button-done = Done

asking-answer-yes = Yes
asking-answer-no = No
asking-answer-unknown = I do not know
asking-answer-not_yet = Not yet
asking-answer-well = No change
asking-answer-worse = Worse

asking-ask-held = Is the person still held?
asking-ask-facility = Where are they held: which facility, which town?
asking-ask-lawyer = Do they have a lawyer?
asking-ask-court = What happened in court?
asking-ask-health = How is their health?
asking-ask-contact = Is there contact with them: letters, parcels, a visit?
asking-ask-charge = Which article are they charged under?
asking-ask-moved = Were they taken to another place?

asking-name-held = still held?
asking-name-facility = which facility
asking-name-lawyer = a lawyer?
asking-name-court = what in court
asking-name-health = health
asking-name-contact = contact?
asking-name-charge = which article
asking-name-moved = moved?
asking-name-free = in free words

asking-choose = A question about { $code }. One at a time, three at most. The person reads it in their own language.
asking-choose-again = A question about { $code } is not answered yet. Another choice changes it where it stands.
asking-choose-free = In your own words: /ask { $code } TEXT. Somebody else of the team reads it first.

asking-finds = The check found: { $what }
asking-finds-nothing = The check found nothing. Read it yourself: does it ask about the person who reported?
asking-finds-who = who are you
asking-finds-phone = phone or number
asking-finds-address = address or place
asking-finds-meeting = a meeting
asking-finds-papers = papers, work, age
asking-finds-you = it speaks to the person
asking-finds-link = a link
asking-finds-account = somebody's account
asking-finds-digits = a long number

refusal-asked-enough =
    { $code } was asked about { $most ->
        [one] once
       *[other] { $most } times
    }. No more: every message on somebody's phone can harm them.
refusal-no-way = Whoever reported { $code } cannot be written to: they did not agree to it, or changed their mind.
refusal-way-over = Expired: the reporter of { $code } can no longer be reached.
refusal-question = Such a question is not sent. { $found }
refusal-question-long = Make the question shorter: { $most } characters at most.
refusal-nothing-new = { $code } has no new answers.

done-ask = { $code }: the question is on its way. If the person is writing just now, it comes after that.
done-question = { $code }: the question is on its way. If the person is writing just now, it comes after that.
done-seen = { $code }: the answer was seen.
button-seen = Answer seen

card-answer = ✉️ New answer: { $count }
card-asked = ❓ { $what }: { $state } ({ $count }/{ $most })
card-asked-waiting = not delivered yet
card-asked-sent = sent
card-asked-answered = answered
card-asked-declined = would rather not answer
card-asked-blocked = the bot is blocked there
card-asked-expired = expired, can no longer be reached
card-addition = ✉️ An addition to { $code }

addition-question = Question
addition-answer = Answer
addition-words = In words
