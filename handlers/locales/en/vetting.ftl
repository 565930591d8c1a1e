# Suspending somebody, and a roster that grows old. Told in private.

suspend-usage = Write /suspend and the pseudonym, like /suspend m-04.
suspend-unknown = Nobody on the roster has this pseudonym. /suspend m-04 is how it is written.
suspend-self = You cannot suspend yourself. If your phone or your key is in other hands, tell two others by voice.
suspend-already = { $member } is suspended already.
suspend-asked = Noted. { $member } is suspended when a second member writes /suspend { $member }, by { $day }.
suspend-ask = { $by } asks to suspend { $member }. Speak with each other first. If you agree, write /suspend { $member } here, by { $day }.
suspend-done = { $member } is suspended, by { $by } and { $second }: they can do nothing here, and nothing more is sealed to them. Take them out of the group now. What they copied stays with them. Only a roster signed by the root lets them return.

stale-head = 🗓 The roster needs to be renewed. Reports are taken and sealed all the same.
stale-soon = ⚑ { $member }: valid until { $day }
stale-over = ⚑ { $member }: expired on { $day }
stale-short = ⚑ Fewer than two members are valid. No card is posted until the roster is renewed.
stale-remedy = → Ask whoever keeps the root key: vestka roster renew, sign, install.
