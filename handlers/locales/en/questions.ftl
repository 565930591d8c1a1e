# Questions, options and vocabularies. Structure: questionnaires/by/questions.toml.

# --- start ---
ask-start =
    Before you write, please read this.
    • The authorities of Belarus may treat writing to us as a crime, each message anew.
    • { $watcher } Whoever opens your phone sees this chat. We delete messages as we go, not notifications or screenshots.
    • What you tell may itself show who you are. Answers are sealed for the team; unfinished ones too, once the main facts are known.
    If you can, let someone abroad write. No addresses, not your name, no names of people who are free.
    Stop and erase: /stop. Go on?
help-start = This one tap means that you have read this and allow us to keep the answers, even unfinished ones. “No” is a good answer, too.
option-start-go_abroad = Yes, I am abroad
option-start-go_inside = Yes, I am in Belarus
option-start-other_ways = Other ways to report
option-start-stop = Stop and erase

# --- relation ---
ask-relation = Who are you to the person you are writing about?
help-relation = UN bodies ask if the source is family, a lawyer, or acts with the family's consent. We never show this to the authorities.
option-relation-spouse = Spouse or partner
option-relation-parent = Parent
option-relation-child = Son or daughter
option-relation-sibling = Brother or sister
option-relation-relative = Other relative
option-relation-friend = Friend
option-relation-colleague = Colleague
option-relation-lawyer = Lawyer
option-relation-witness = Witness
option-relation-self = I was detained
option-relation-other = Other
option-relation-refuse = I would rather not say

# --- person ---
ask-person = Write the name, surname and year of birth (or age) of the person who was detained. For example: Jan Pryklad, 1990
help-person = One person per report. Several people? Finish this one, then press “Add another person”: place, date and who did it are copied. If you do not know the full name, write what you know.
option-person-unknown_name = I do not know the name

# --- detained_when ---
ask-detained_when = When did it happen? Choose, or write the date and time.
help-detained_when = An approximate answer is fine: “yesterday evening”, “19.11 about 14”. The time starts the legal clock (3 hours, 72 hours, 10 days) that we will show you.
option-detained_when-now3h = Just now (under 3 hours)
option-detained_when-today = Today
option-detained_when-yesterday = Yesterday
option-detained_when-pick = Another date
option-detained_when-unknown = I do not know

# --- detained_where ---
ask-detained_where = Where was it? Town and place: at home, at work, in the street, at the border…
help-detained_where = Do not write the house or flat number. Do not send a map point from your own phone.
option-detained_where-BY-HM = Minsk city
option-detained_where-BY-MI = Minsk region
option-detained_where-BY-BR = Brest region
option-detained_where-BY-VI = Viciebsk region
option-detained_where-BY-HO = Homiel region
option-detained_where-BY-HR = Hrodna region
option-detained_where-BY-MA = Mahilioŭ region
option-detained_where-abroad = Abroad

# --- detained_by ---
ask-detained_by = Who did it? You can choose several. Not in the list? Type a few letters.
help-detained_by = If you only saw masks or a minibus, choose “Plain clothes / masks” and describe it later. “I do not know” is a good answer.

# --- whereabouts ---
ask-whereabouts = Is it known where the person is now?
help-whereabouts = “Confirmed”: a parcel was accepted, a lawyer saw the person, or there was a call or a letter. “Told”: somebody said so.
option-whereabouts-known = Yes, confirmed
option-whereabouts-told = We were told, not confirmed
option-whereabouts-unknown = No, unknown
option-whereabouts-denied = Authorities say: not here
option-whereabouts-released = Already free
option-whereabouts-died = The person has died

# --- facility ---
ask-facility = Write the name of the place where they are held (for example: Akreścina, SIZO-1, police station), or choose.
help-facility = We understand short names. If it is a local police station or IVS, add the town.

# --- urgent_flags ---
ask-urgent_flags = Is there an urgent danger? You can choose several.
help-urgent_flags = This decides how fast a person reads your report. Choose only what you know or seriously fear.
option-urgent_flags-injured = Beaten or injured
option-urgent_flags-medicine = Needs medicine
option-urgent_flags-illness = Serious illness
option-urgent_flags-pregnant = Pregnant
option-urgent_flags-minor = Under 18
option-urgent_flags-disability = Disability or aged 65+
option-urgent_flags-kids = Children left alone
option-urgent_flags-threats = Threats, pressure, torture
option-urgent_flags-hunger = Hunger strike, suicide risk
option-urgent_flags-deport = May be deported
option-urgent_flags-none = None of these
option-urgent_flags-unknown = I do not know

# --- profile ---
ask-profile = What does the person do, and what may this be about? Choose several, or type a few letters.
help-profile = It helps to choose the right UN expert, the ILO for trade unionists, or a consulate for foreign citizens.

# --- narrative ---
ask-narrative = Tell in your own words what happened. Was a reason or a legal article named? Is there a lawyer? Several messages are fine.
help-narrative = Please do not name people who are free, and do not write where you live. Write “I saw” for what you saw and “I was told” for what you heard.

# --- consent_use ---
ask-consent_use = What may we do with this report? Choose everything you agree to. Nothing is chosen beforehand.
help-consent_use = The UN keeps YOUR name secret, but it sends the name of the DETAINED person to the government. Without any choice we only keep the report for the defenders on duty and delete it after 90 days.
option-consent_use-c_contact = Ask me here, up to 3 times in 2 days
option-consent_use-c_un = Send to the UN (authorities learn the name)
option-consent_use-c_partners = Share with partner defenders
option-consent_use-c_publish = Publish the name and main facts
option-consent_use-c_stats = Count in statistics without the name
option-consent_use-c_none = None of these, only keep it

# --- detaining_body ---
vocab-detaining_body-police = Police (militsiya)
vocab-detaining_body-omon = OMON riot police
vocab-detaining_body-gubopik = GUBOPiK (political police)
vocab-detaining_body-kgb = KGB
vocab-detaining_body-sk = Investigative Committee
vocab-detaining_body-dfr = Financial investigations (DFR)
vocab-detaining_body-border = Border guards
vocab-detaining_body-customs = Customs
vocab-detaining_body-internal_troops = Internal troops
vocab-detaining_body-military = Military
vocab-detaining_body-sbp = Presidential guard (SBP)
vocab-detaining_body-prosecutor = Prosecutor's office
vocab-detaining_body-prison_staff = Prison staff
vocab-detaining_body-plainclothes = Plain clothes / masks
vocab-detaining_body-foreign = Forces of another country
vocab-detaining_body-unknown = I do not know

# --- facility ---
vocab-facility-minsk_cip = CIP, Akreścina (Minsk)
vocab-facility-minsk_ivs = IVS, Akreścina (Minsk)
vocab-facility-sizo1 = SIZO-1 (Minsk / Kaliadzičy)
vocab-facility-sizo_kgb = KGB SIZO, 'Amerykanka'
vocab-facility-zhodino_ivs = IVS Žodzina
vocab-facility-prison8 = Prison no. 8, Žodzina
vocab-facility-sizo2 = SIZO-2, Viciebsk
vocab-facility-sizo3 = SIZO-3, Homiel
vocab-facility-sizo4 = SIZO-4, Prison no. 4, Mahilioŭ
vocab-facility-sizo6 = SIZO-6, Baranavičy
vocab-facility-sizo7 = SIZO-7, Brest
vocab-facility-prison1 = Prison no. 1, Hrodna
vocab-facility-ik1 = Colony no. 1, Navapolack
vocab-facility-ik2 = Colony no. 2, Babrujsk
vocab-facility-ik3 = Colony no. 3, Vićba
vocab-facility-ik4 = Colony no. 4, Homiel (women)
vocab-facility-ik8 = Colony no. 8, Orša
vocab-facility-ik9 = Colony no. 9, Horki
vocab-facility-ik11 = Colony no. 11, Vaŭkavysk
vocab-facility-ik12 = Colony no. 12, Orša
vocab-facility-ik13 = Colony no. 13, Hlybokaje
vocab-facility-ik14 = Colony no. 14, Navasady
vocab-facility-ik15 = Colony no. 15, Mahilioŭ
vocab-facility-ik17 = Colony no. 17, Škloŭ
vocab-facility-ik20 = Colony no. 20, Mazyr
vocab-facility-ik22 = Colony no. 22, Ivacevičy
vocab-facility-ik24 = Colony no. 24, Zarečča (women)
vocab-facility-vk2 = Juvenile colony no. 2, Babrujsk
vocab-facility-other_ivs = Another IVS (write the town)
vocab-facility-other_police = Police station (write the town)
vocab-facility-other_open = Open-type facility (number)
vocab-facility-other = Another place

# --- profile ---
vocab-profile-journalist = Journalist, media worker
vocab-profile-hrd = Human-rights defender, volunteer
vocab-profile-unionist = Trade unionist, striker
vocab-profile-lawyer = Lawyer
vocab-profile-politician = Politician, party, elections
vocab-profile-protester = 2020 protests
vocab-profile-blogger = Blogger, comment, repost
vocab-profile-ex_prisoner = Former political prisoner
vocab-profile-prisoner_family = Relative of a political prisoner
vocab-profile-foreigner = Foreigner or dual citizen
vocab-profile-informant = Sent information, donations
vocab-profile-ukraine = Support for Ukraine
vocab-profile-returned = Returned from abroad
vocab-profile-teacher = Teacher, lecturer
vocab-profile-student = Student, pupil
vocab-profile-medic = Medical worker
vocab-profile-culture = Culture, arts
vocab-profile-religious = Clergy, believer
vocab-profile-minority = National minority
vocab-profile-lgbt = LGBTQ+
vocab-profile-official = Military or official
vocab-profile-worker = Worker, employee
vocab-profile-other = Other
vocab-profile-unknown = I do not know

# --- region ---
vocab-region-BY-HM = Minsk city
vocab-region-BY-MI = Minsk region
vocab-region-BY-BR = Brest region
vocab-region-BY-VI = Viciebsk region
vocab-region-BY-HO = Homiel region
vocab-region-BY-HR = Hrodna region
vocab-region-BY-MA = Mahilioŭ region
vocab-region-abroad = abroad

# Notes
note-other_ways = Other ways: 1) ask a person abroad to write for you; 2) do not use your own phone or the Wi-Fi at work; 3) delete the chat after sending.
note-inside_tips = Write only what is needed, no names of other people, and erase the chat right after sending. The Belarusian authorities punish people for giving information to human-rights groups (Criminal Code art. 361-4).

# Who sees the chat (first screen)
watcher-telegram = Telegram sees this chat and knows your number.
watcher-matrix = The Matrix server sees that you write (without encryption: what).
watcher-console = This is a demonstration: everything stays on your computer.

# Short names for the review
short-relation = Who reports
short-person = Person
short-detained_when = When
short-detained_where = Where
short-detained_by = Who did it
short-whereabouts = Is the place known
short-facility = Where held
short-urgent_flags = Danger
short-profile = What the person does
short-narrative = What happened
short-consent_use = What we may do
