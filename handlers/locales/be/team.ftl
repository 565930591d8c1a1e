# Што мадэратары робяць са справай, што ім на гэта кажуць, і словы закрытых спісаў.

button-confirm = Так, зрабіць

refusal-merged = { $code } вядзецца ў іншай справе. Спачатку аддзяліце яе: /unmerge { $code }
refusal-role = Ваша роля гэтага не дазваляе. Гэта можа зрабіць каардынатар або кіраўнік.
refusal-same = { $code }: ужо так і ёсць.
refusal-itself = { $code } і { $code } – адна справа. Назавіце іншую.
refusal-not-linked = { $code } і { $other } не звязаныя.
refusal-no-member = Назавіце кагосьці са спіса: { $members }
refusal-choose = Напішыце { $command } і адно з гэтых слоў: { $words }
refusal-nothing-follows = Тут больш няма з чаго выбраць.
refusal-finding = Пасля слова ідуць дзень, крыніца і ступень, напрыклад: /{ $axis } released { $day } officials B

preview-merge = { $code } пойдзе далей у { $other }: адна картка на дзве справы. Паведамленне, згода і шлях назад да чалавека застануцца, як ёсць.
preview-shadow = Два дні, не даўжэй, не будзе чытацца тое, што піша акаўнт, з якога паведамілі пра { $code }. Яму пра гэта не скажуць.
preview-purge = { $code } будзе выдалена разам з паведамленнем, нататкамі і карткай. Вярнуць яе не зможа ніхто.

done-transfer = { $code } перададзена.
done-urgency = { $code }: тэрміновасць зменена.
done-label = { $code }: пазнака дададзена.
done-unlabel = { $code }: пазнака знята.
done-life = { $code }: запісана.
done-track = { $code }: запісана.
done-contact = { $code }: запісана.
done-verify = { $code }: запісана.
done-link = { $code }: пазначана, што, магчыма, гэта адзін чалавек.
done-unlink = { $code }: пазнака знята.
done-merge = { $code } вядзецца далей у іншай справе.
done-unmerge = { $code } зноў асобная.
done-reopen = { $code } зноў адкрытая.
done-shadow = { $code }: новае ад гэтага акаўнта не чытаецца.
done-purge = { $code } выдалена.

close-done = зроблена
close-duplicate = дублікат
close-mistaken = затрымання не было
close-withdrawn = чалавек перадумаў
close-spam = спам

why-danger = небяспека для жыцця або здароўя
why-child = дзіця
why-health = здароўе пагоршылася
why-transfer = перавезлі ў іншае месца
why-other-report = так кажа іншае паведамленне
why-found = чалавека знайшлі
why-danger-over = небяспека мінула
why-wrong-answer = адказ быў памылковы

label-minor = няма 18 гадоў
label-torture = катаванні
label-medical = тэрміновая медыцынская дапамога
label-disappearance = знікненне
label-group = масавае затрыманне
label-journalist = журналіст
label-foreigner = замежнае грамадзянства
label-lawyer = патрэбны адвакат
label-media = пытаюцца журналісты
label-un = зварот у ААН

fate-life-reported = паведамлена, не праверана
fate-life-detained = затрыманне
fate-life-missing = месца невядомае
fate-life-admin_arrest = адміністрацыйны арышт
fate-life-suspect = падазрэнне (72 гадзіны)
fate-life-charged = абвінавачанне
fate-life-pretrial = пад вартай да суда
fate-life-house_arrest = хатні арышт
fate-life-free_pending = на волі, справа ідзе
fate-life-trial = суд ідзе
fate-life-sentenced = прысуд
fate-life-limited = абмежаванне волі («хімія»)
fate-life-psychiatric = прымусовае лячэнне
fate-life-released = на волі
fate-life-expelled = вывезлі за мяжу
fate-life-died = смерць
fate-life-unknown = навін няма
fate-track-none = абвінавачання няма
fate-track-administrative = адміністрацыйная справа
fate-track-criminal = крымінальная справа
fate-track-both = адміністрацыйная і крымінальная справы
fate-contact-none = сувязі няма
fate-contact-parcel = перадачы прымаюць
fate-contact-letters = лісты
fate-contact-lawyer = адваката пусцілі
fate-contact-visit = спатканні
