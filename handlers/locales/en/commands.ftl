# Commands of moderators: how each is written, and what it does. Capitals stand for words of one's own.

commands-head = In a case's topic the code may be left out. What stands in [ ] may be left out.
commands-row = { $usage } – { $what }

usage-claim = /claim [CODE]
usage-release = /release [CODE]
usage-transfer = /transfer [CODE] WHO
usage-urgency = /urgency [CODE] LEVEL REASON
usage-label = /label [CODE] LABEL
usage-unlabel = /unlabel [CODE] LABEL
usage-life = /life [CODE] STATE [DAY SOURCE GRADE]
usage-track = /track [CODE] STATE [DAY SOURCE GRADE]
usage-contact = /contact [CODE] STATE [DAY SOURCE GRADE]
usage-verify = /verify [CODE] FACT GRADE
usage-note = /note [CODE] TEXT
usage-ask = /ask [CODE] [QUESTION]
usage-seen = /seen [CODE]
usage-link = /link [CODE] OTHER
usage-unlink = /unlink [CODE] OTHER
usage-merge = /merge [CODE] OTHER
usage-unmerge = /unmerge [CODE]
usage-split = /split [CODE] OTHER
usage-close = /close [CODE] REASON
usage-reopen = /reopen [CODE]
usage-shadow = /shadow [CODE]
usage-purge = /purge [CODE]
usage-duty = /duty [WHO WHO …], or: /duty all
usage-export = /export DAYS
usage-panic = /panic
usage-suspend = /suspend WHO
usage-help = /help

does-claim = take the case, for three days
does-release = give it back
does-transfer = hand it to somebody else
does-urgency = raise or lower the urgency
does-label = add a label
does-unlabel = take a label away
does-life = what happened to the person
does-track = what the charge is
does-contact = whether there is contact
does-verify = grade how well a fact is known
does-note = a note for the team, sealed at once
does-ask = ask the person who reported
does-seen = the new answer was seen
does-link = possibly the same person
does-unlink = not the same person
does-merge = go on with both in the other one
does-unmerge = take this one out again
does-split = take the other one out of this one
does-close = close the case
does-reopen = open the case again; two people
does-shadow = read nothing new from its account, for two days
does-purge = delete it for good; two people
does-duty = who reads new reports; to change it, two people
does-export = all cases of so many days as one sealed digest; two people
does-panic = lock the group at once; its cards are taken away
does-suspend = take away somebody's access; two people
does-help = all commands

refusal-no-command = There is no such command. All of them: /help
refusal-which-case = Write it in the case's topic, or name its code: { $usage }
refusal-usage = It is written so: { $usage }
refusal-no-case = There is no case { $code }. Look at the code on the card.
refusal-shadow-late = { $code } came in more than two days ago: its account is no longer known here, so there is nothing to do.

done-note = { $code }: note kept, sealed. Your message is deleted.
