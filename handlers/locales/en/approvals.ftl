# What needs two people: who asks, who agrees, and why something was not agreed to.

second-asked = { $by } asks: { $what }. A second member must agree, by { $day }.
second-agree = I agree
second-waits = Somebody else of the team must agree. The button is in the topic already; you need do nothing.
second-reopen = open { $code } again
second-purge = delete { $code } for good, with its report, notes and card
second-question = send a question in free words to the reporter of { $code }
second-export = post the cases of the last days (so many: { $days }) as one sealed digest
second-duty = change the list of who is on duty
second-unlock = open the moderators' group again
second-suspend = take away the access of a member of the team

refusal-second-own = You asked for this yourself. Somebody else of the roster must agree.
refusal-second-line = You and whoever asked were vouched for by the same people. Somebody whom others vouched for must agree.
refusal-second-left = One of the two is no longer on the roster. Ask anew.
refusal-second-changed = It is no longer what was asked for: something changed meanwhile. Look at it, then ask anew.
refusal-second-missing = Nobody has agreed yet.
refusal-second-agreed = Somebody has agreed already.
refusal-second-used = This was done already.
refusal-second-expired = The time to agree is over. Ask anew.

duty-list = 🛡 On duty: { $names }. New reports are sealed to them and the recovery key alone.
duty-all = 🛡 Everybody on the roster is on duty: new reports are sealed to all.
duty-short = ⚠ Fewer than two of those on duty are left on the roster. Until two of you name others, new reports are sealed to everybody.
duty-how = To change it: /duty m-01 m-02 in the group, at least two; everybody again: /duty all. A second member must agree.
duty-decided = { $by } and { $second } have decided. { $list }
done-duty = It is so from now on.
refusal-duty-unknown = Not everybody you named is on the roster and valid today. It is written so: /duty m-01 m-02. Who there is: /who
refusal-duty-few = At least two must be on duty: /duty m-01 m-02. Everybody: /duty all

export-note = 🗂 Export made on { $day }: cases of several days. To open it: vestka digest open, as the daily one. Two members asked for it.
done-export = It is being made, and will lie in the topic of digests in a moment.
refusal-export-waits = Another export waits, or is being made. One at a time: agree to it first, or wait until tomorrow ends.
