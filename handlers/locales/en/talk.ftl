# Everything the conversation says beside the questions: buttons, hints, the review, the end.

gap = { "" }
asked = { $n }/{ $of } · { $ask }
so-far = Noted so far: { $words }
number = { $n }
picked = ✓ { $label }
listed = { $n }. { $label }
plain = { $words }
quoted = “{ $words }”
with-words = { $told } — “{ $words }”
listing = { $first }, { $rest }
person-unnamed = no name
person-born = { $name }, born { $year }
person-aged = { $name }, aged { $age }
date-timed = { $day }, { $time }
date-about = about { $when }
missing-skipped = skipped
missing-unknown = not known
missing-refused = not answered
missing-unsafe = too risky to say

# Buttons
nav-back = ‹ Back
nav-next = Next ›
nav-onward = To the other questions ›
nav-skip = Skip
nav-unknown = I do not know
nav-refuse = I would rather not say
nav-risky = Too risky to say
nav-done = Done ›
nav-help = ? Help
nav-language = Language
nav-stop = ✕ Stop
nav-as-written = Leave it as written
nav-anew = Write it anew
nav-send = Send
nav-forget = Remove the notes
nav-erase = Yes, erase everything
nav-go-on = No, go on
nav-another = Add another person
nav-finish = Done
language-be = Беларуская
language-ru = Русский
language-en = English

# More about an answer
ask-day = Write the date and, if you know it, the time. For example: 12.03, “yesterday evening”, “19 November about 14”.
ask-region = Which region is it? Please choose, so that it is not taken for another place. If you do not know, write “I do not know”; your words will stay.
ask-found = Choose one of these places, or leave it as you wrote it.
ask-town = Write the town and, if you know it, the district. Or skip.
ask-more = Noted, characters: { $kept }. Anything to add? Just write more. If this is all, press “Next”.
ask-language = Выберыце мову. / Выберите язык. / Choose a language.
ask-erase = Erase everything written here? It cannot be brought back. You can also write /stop once more.

# Not understood
unclear-choice = This is not among the options. Press a button, or write its number in the order shown.
unclear-multi = This is not in the list. Choose with the buttons or write numbers, for example: 1, 3.
unclear-found = Perhaps you meant one of these. Choose with a button.
unclear-consent = To make no mistake, we take permission only by buttons or numbers, for example: 1, 3. To allow nothing, press the last number.
consent-all = We do not choose everything for you: permission is given for each thing separately. Press the buttons you want, or write the numbers of all you agree to, for example: 1, 3.
misread-person-not_understood = We could not make this out. Write, for example: Jan Pryklad, 1990. If the name is not known, press the button.
misread-person-impossible_year = The year of birth or the age does not fit. Check the numbers and write again.
misread-person-several = This looks like several people. One person per report. Write one; after sending press “Add another person”.
misread-date-not_understood = We could not make out the date. Write, for example: 12.03, “yesterday evening”, “today about 14”.
misread-date-future = This date has not come yet. Check it and write again.
misread-date-impossible = There is no such date, or it is too long ago. Check it and write again.
choose-first = Choose at least one. “I do not know” is an answer, too.
start-first = Please answer this question first.
hint-street = We do not need the house number. If you like, go back and write it without.

# Nothing is lost
note-kept = What you wrote is kept as a note beside your answers.
not-yet = Until you have answered the first question we keep nothing, and this message is not kept either. If you want to go on, press one of the first two buttons and write it once more.
short-answer = A short answer is enough here. There is room for a long story where we ask what happened.
notes-full = There are many notes already; this one was not kept. Write the rest where we ask what happened.
too-long = This message is long: the first { $kept } characters are kept, { $left } are not. Please send the rest as the next message.
story-full = There is no more room for the story; this message was not kept. You can write the rest separately after sending: /start.
report-full = There is no more room; this message was not kept. Everything before it is still here and can be sent.
edit-taken = The change is taken in.
edit-unclear = We could not make out the change; the earlier answer stays.
media-voice = We cannot take voice messages yet, and have not kept it. Please write it in words; a few are enough.
media-location = We do not need a point on the map and have not kept it. The name of the town is enough.
media-other = We cannot take files, photos, contacts and stickers yet, and have not kept them. Words written with them are kept.
help-words = You can type: back, skip, I do not know, prefer not to say, review, language, stop.
help-screen-language = Press a button. Your answers stay as they are.
help-screen-review = Write the number of a line to change it. “Send” hands everything to the team.
help-screen-erase = After erasing we keep nothing of this conversation.
help-screen-sent = Everything is sent. You can report another person, or finish.

# Review
review-head = Please check. This will be sent (long texts are shortened here, but sent in full):
review-line = { $n }. { $name }: { $words }
review-note = ✎ { $words }
review-notes-more = ✎ and more notes: { $left }
review-foot = To change a line, press or write its number.
review-left = Questions not asked yet: { $left }. You can send all the same.
nothing-yet = There is nothing to send yet. Please answer at least one question.

# After sending
sent-head = Received and locked. Code: { $code }.
    Here we can no longer read or change it; the team will open it elsewhere. This is not a promise of help. Better learn the code by heart than write it down.
agreed-head = You allowed us to:
agreed-item = • { $label }
agreed-nothing = You allowed nothing but keeping it: only the defenders on duty will read the report.
sent-contact = Within two days the team may put up to three short questions to you here. You need not answer. For no questions: /stop
sent-foot = Now erase the chat: menu of the chat → “Delete chat” → tick “also for the bot”. Clear the search history. Check other devices with the same account.
sent-already = Your report is already with the team. We have not kept these words; to add something, begin a new report: /start.
another-begun = A new report about another person. Date, place and who did it are copied; you can change them in the review.
farewell = Thank you. This message will disappear by itself.

# Time, erasing, old buttons
stale = This is an old button. Here is the current screen.
lost = Your unfinished answers were erased. That is on purpose.
lost-perhaps = If you have written here in the last days: your unfinished answers were erased. That is on purpose.
warning = It has been quiet here. In { $minutes } min the unfinished answers will be erased. To go on, just answer.
warning-kept = It has been quiet here. In { $minutes } min the conversation closes. To go on, just answer. The team will receive the main facts you told; to erase these too: /stop.
lapsed = Time is up, the conversation is closed. The unfinished answers are erased. Begin again: /start.
lapsed-kept = Time is up, the conversation is closed. The team has received the main facts you told. Begin again: /start.
erased = Done. Nothing is left here.
nothing-kept = Nothing is noted here.
