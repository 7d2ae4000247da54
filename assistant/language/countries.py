"""Countries and alliances in all the forms that news gives them: name, adjective, people, seat of government.

Invariant: every form is folded as :func:`assistant.words.fold` folds, and belongs to one key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_TABLE = """
russia: russian, russians, moscow, kremlin
ukraine: ukrainian, ukrainians, kyiv, kiev
belarus: belarusian, belarusians, minsk
united states: us, usa, america, american, americans, washington, white house, pentagon
united kingdom: uk, britain, great britain, british, briton, britons, london, downing street, whitehall
european union: eu, brussels
united nations: un
nato: north atlantic treaty organization, north atlantic alliance
islamic state: isis, isil, daesh
china: chinese, beijing
france: french, paris, elysee
germany: german, germans, berlin
italy: italian, italians, rome
spain: spanish, spaniard, spaniards, madrid
portugal: portuguese, lisbon
greece: greek, greeks, athens
turkey: turkish, turks, turkiye, ankara
poland: polish, poles, warsaw
hungary: hungarian, hungarians, budapest
austria: austrian, austrians, vienna
switzerland: swiss, bern
netherlands: dutch, holland, the hague
belgium: belgian, belgians
denmark: danish, danes, copenhagen
sweden: swedish, swedes, stockholm
norway: norwegian, norwegians, oslo
finland: finnish, finns, helsinki
iceland: icelandic, icelanders, reykjavik
ireland: irish, dublin
scotland: scottish, scots
wales: welsh
england: english
czech republic: czech, czechs, czechia, prague
slovakia: slovak, slovaks, bratislava
slovenia: slovenian, slovenians, ljubljana
croatia: croatian, croatians, zagreb
bosnia: bosnian, bosnians, sarajevo
serbia: serbian, serbs, belgrade
kosovo: kosovan, kosovars, pristina
north macedonia: macedonian, macedonians, skopje
romania: romanian, romanians, bucharest
bulgaria: bulgarian, bulgarians, sofia
albania: albanian, albanians, tirana
estonia: estonian, estonians, tallinn
latvia: latvian, latvians, riga
lithuania: lithuanian, lithuanians, vilnius
moldova: moldovan, moldovans, chisinau
georgia: georgian, georgians, tbilisi
armenia: armenian, armenians, yerevan
azerbaijan: azerbaijani, azerbaijanis, baku
kazakhstan: kazakh, kazakhs, astana
uzbekistan: uzbek, uzbeks, tashkent
iran: iranian, iranians, tehran
iraq: iraqi, iraqis, baghdad
syria: syrian, syrians, damascus
israel: israeli, israelis
palestine: palestinian, palestinians
gaza: gazan, gazans
lebanon: lebanese, beirut
jordan: jordanian, jordanians, amman
saudi arabia: saudi, saudis, riyadh
yemen: yemeni, yemenis, sanaa
qatar: qatari, qataris, doha
kuwait: kuwaiti, kuwaitis
oman: omani, omanis
bahrain: bahraini, bahrainis
united arab emirates: uae, emirati, emiratis, abu dhabi
egypt: egyptian, egyptians, cairo
libya: libyan, libyans, tripoli
tunisia: tunisian, tunisians
algeria: algerian, algerians
morocco: moroccan, moroccans
sudan: sudanese, khartoum
ethiopia: ethiopian, ethiopians, addis ababa
somalia: somali, somalis, mogadishu
kenya: kenyan, kenyans, nairobi
uganda: ugandan, ugandans
rwanda: rwandan, rwandans
nigeria: nigerian, nigerians, abuja
ghana: ghanaian, ghanaians
mali: malian, malians
congo: congolese, kinshasa
south africa: south african, south africans, pretoria
zimbabwe: zimbabwean, zimbabweans, harare
afghanistan: afghan, afghans, kabul
pakistan: pakistani, pakistanis, islamabad
india: indian, indians, delhi, new delhi
bangladesh: bangladeshi, bangladeshis, dhaka
nepal: nepali, nepalese, kathmandu
sri lanka: sri lankan, sri lankans, colombo
myanmar: burma, burmese
thailand: thai, thais, bangkok
vietnam: vietnamese, hanoi
cambodia: cambodian, cambodians, phnom penh
malaysia: malaysian, malaysians, kuala lumpur
singapore: singaporean, singaporeans
indonesia: indonesian, indonesians, jakarta
philippines: philippine, filipino, filipinos, manila
japan: japanese, tokyo
north korea: north korean, north koreans, pyongyang
south korea: south korean, south koreans, seoul
taiwan: taiwanese, taipei
mongolia: mongolian, mongolians
hong kong: hong konger, hong kongers
australia: australian, australians, canberra
new zealand: new zealander, new zealanders
canada: canadian, canadians, ottawa
mexico: mexican, mexicans
cuba: cuban, cubans, havana
haiti: haitian, haitians
jamaica: jamaican, jamaicans
brazil: brazilian, brazilians, brasilia
argentina: argentine, argentines, argentinian
chile: chilean, chileans
peru: peruvian, peruvians
colombia: colombian, colombians, bogota
venezuela: venezuelan, venezuelans, caracas
bolivia: bolivian, bolivians
ecuador: ecuadorian, ecuadorians
crimea: crimean, crimeans
chechnya: chechen, chechens
europe: european, europeans
asia: asian, asians
africa: african, africans
"""

#: Any form of a country's name -> its key, the first name in its line.
FORMS: dict[str, str] = {}
#: Key -> its forms.
COUNTRIES: dict[str, tuple[str, ...]] = {}
for _line in _TABLE.strip().splitlines():
    _key, _, _others = _line.partition(": ")
    COUNTRIES[_key] = (_key, *_others.split(", "))
    FORMS.update((_form, _key) for _form in COUNTRIES[_key])

_LONGEST = max(len(form.split()) for form in FORMS)


def country(name: str) -> str | None:
    """The key of the country that a folded name stands for, or None."""
    return FORMS.get(name.removeprefix("the "))


def countries(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first word, word behind, key) of each country named in a list of folded words; the longest form wins."""
    at = 0
    while at < len(words):
        for length in range(_LONGEST, 0, -1):
            key = FORMS.get(" ".join(words[at : at + length])) if at + length <= len(words) else None
            if key:
                yield at, at + length, key
                at += length
                break
        else:
            at += 1
