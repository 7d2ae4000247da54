"""How much each piece of evidence counts (see ``evidence``), fitted by ``tests/benchmarks/attribution_fit.py``.

Written by that program, not by hand: a family of evidence a paragraph, ``value=weight`` each, in natural logarithms of
odds. What is not listed counts nothing. The figures are of PolNeAR; no words of its articles but single ones are here.
"""

from __future__ import annotations


def read_table(table: str) -> dict[str, float]:
    """The weights of a table of this sort: evidence -> weight."""
    weights: dict[str, float] = {}
    for line in table.replace("\n  ", " ").strip().splitlines():
        family, _, values = line.partition(": ")
        for pair in values.split():
            value, _, weight = pair.rpartition("=")
            weights[f"{family} {value}"] = float(weight)
    return weights


#: Evidence of an attribution.
CUES = read_table(
    r"""
and: ing=0.08 other=-0.11 verb=0.21
before: ,=0.31 a=-0.17 also=0.38 an=-0.09 and=0.24 are=0.10 as=-0.25 be=-0.44 been=-0.13 being=0.12 capital=0.19
  determiner=-0.13 for=-0.49 has=0.24 have=0.35 his=0.28 in=0.23 ing=0.18 is=0.16 it=-0.10 ly=0.12 mark=0.15
  number=-0.47 or=-0.27 other=0.07 preposition=-0.18 quotation=0.44 that=-0.14 the=-0.22 was=-0.07 were=-0.08 wh=-0.17
  who=0.22 will=-0.16 with=0.12 would=-0.05
bias: all=-1.76
comma: a=-0.20 according=0.13 and=0.38 but=0.13 determiner=-0.19 ing=0.16 other=0.10 pronoun=0.05 the=0.10
  though=-0.12 wh=-0.12 which=-0.10 while=-0.22 who=-0.30 with=0.06
commas: 0=0.24 1=-0.15 2=0.07 3=-0.19
frames: h/clause=0.05 h/that=-0.07 o/clause=0.25 o/infinitive=-0.30 o/object=0.50 o/passive=0.33 o/quotation=-0.09
  o/relative=0.07 o/that=-0.14 oi/clause=0.06 oi/infinitive=-0.17 oi/object=0.12 oi/preposition=0.05 ois/object=0.16
  p/clause=-0.22 p/infinitive=-0.07 p/object=-0.28 p/preposition=0.22 p/quotation=-0.11 q/beside=-0.06 q/clause=-0.15
  q/object=-0.17 qt/beside=0.23 qt/clause=0.28 qt/noun=0.12 qt/passive=-0.14 qt/preposition=-0.07 qt/quotation=0.35
  qt/relative=-0.21 qt/that=0.07 qta/beside=-0.19 qta/clause=0.14 qta/infinitive=0.15 qta/passive=0.14
  qta/preposition=-0.20 qta/quotation=0.14 qto/clause=0.06 sh/clause=-0.07 sh/that=-0.14 si/object=0.05 so/by=0.10
  so/clause=-0.23 so/infinitive=-0.25 so/noun-of=0.09 so/object=-0.22 so/passive=-0.24 so/preposition=-0.11
  so/quotation=-0.29 soi/clause=-0.27 soi/infinitive=0.38 soi/object=-0.15 soi/passive=0.16 soi/that=0.06
  sti/infinitive=0.23 sti/object=-0.12 to/object=0.18 to/preposition=-0.10
holds: cue=-0.23
kin: accuse=0.08 admire=0.29 admire/object=0.17 agree=0.36 agree/clause=0.12 agree/object=0.26 alarm=-0.30
  alarm/object=-0.26 anticipate=0.13 apologize=-0.16 apologize/clause=-0.32 ask=0.08 ask/beside=-0.09 ask/clause=0.18
  ask/object=-0.13 ask/passive=0.08 assert=0.12 attribute=-0.11 attribute/object=-0.11 attribute/passive=-0.21
  bring=-0.33 bring/clause=-0.17 bring/object=-0.15 bristle=0.05 bristle/clause=0.17 bristle/object=-0.07 call=0.08
  call/clause=0.08 call/noun-of=0.12 call/quotation=-0.23 comment=-0.06 comment/noun-of=0.07 comment/object=0.07
  compare=-0.27 compare/clause=-0.06 compare/object=-0.21 conclude=0.20 conclude/beside=0.17 conclude/clause=0.11
  conclude/object=-0.06 contend=0.10 contend/beside=0.13 contend/clause=0.08 criticize=0.38 criticize/object=0.17
  criticize/passive=0.11 decide=-0.13 deny=0.14 deny/clause=0.20 deride=-0.07 deride/clause=-0.06 discuss/clause=0.12
  discuss/object=0.08 endorse/clause=-0.13 endorse/object=0.10 endorse/relative=0.07 fear=0.25 fear/object=-0.17
  find=-0.15 find/clause=-0.10 find/object=-0.07 go=-0.25 go/object=-0.10 hammer=-0.21 hammer/object=-0.20 hint=0.13
  hint/clause=0.25 hint/object=0.06 hope=0.35 know=-0.22 know/object=0.10 learn=-0.19 learn/object=-0.09 mention=0.19
  mention/clause=-0.10 mention/object=0.15 observe=-0.26 observe/clause=-0.15 offer/clause=0.09 point/clause=0.14
  point/object=0.09 praise=0.21 praise/clause=0.15 prohibit=-0.17 prohibit/object=-0.24 propose=0.22
  propose/object=0.12 read=-0.24 read/beside=0.06 read/object=-0.09 reaffirm=-0.26 reaffirm/clause=-0.15
  reaffirm/object=-0.06 reaffirm/relative=-0.06 rebuke=0.43 recognize=0.07 recognize/clause=0.22 respond/clause=0.14
  respond/object=-0.17 respond/quotation=0.09 say=0.14 say/clause=0.31 say/object=-0.14 say/passive=-0.07
  say/relative=-0.13 see=-0.25 see/clause=-0.14 see/object=0.07 seek=-0.29 seek/clause=-0.13 seek/noun-of=-0.19
  seek/passive=0.12 show=-0.08 sing=-0.10 sing/object=-0.12 speak=-0.14 speak/clause=-0.07 speak/object=-0.09
  support/clause=-0.15 support/noun-of=-0.12 support/object=0.33 tackle=-0.17 tell=0.11 tell/beside=-0.10
  tell/object=0.09 tell/quotation=0.06 think=0.17 think/clause=0.28 think/object=0.06 urge=0.05 urge/clause=0.08
  view=-0.19 view/object=0.12 want=0.12 want/object=0.11 warn=0.39 warn/clause=-0.19 warn/object=0.27 write=-0.07
  write/beside=0.17 write/clause=-0.18 write/quotation=0.10
leads: /capital=0.15 /preposition=0.07 /the=0.07 accuse/capital=-0.07 acknowledge/that=-0.11 add/quotation=0.07
  add/that=0.09 address/the=-0.05 agree/capital=0.06 agree/to=-0.12 appeared/capital=-0.08 appears/the=0.19
  argue/that=0.21 ask/capital=-0.23 ask/to=0.11 ask/wh=0.10 attack/capital=-0.11 attack/the=-0.19 attempt/to=-0.14
  ban/determiner=-0.07 believe/the=0.08 bring/other=-0.08 bring/the=-0.06 call/capital=0.13 call/it=0.10
  call/other=0.06 call/the=0.26 call/wh=-0.33 campaign/the=-0.05 cast/other=-0.12 charge/other=-0.07 cite/other=0.10
  claim/other=0.09 claim/that=-0.10 clear/that=0.06 contest/capital=-0.12 continue/quotation=0.08 continue/to=-0.28
  criticism/capital=0.16 criticize/capital=0.19 debate/capital=-0.19 decline/to=0.23 defend/his=-0.06
  describe/the=-0.14 discuss/other=0.23 discuss/the=0.17 endorse/capital=0.10 expect/capital=-0.14 explain/wh=0.13
  express/other=0.23 feel/other=-0.06 find/capital=0.07 find/other=-0.10 find/that=0.10 focus/other=-0.11 go/a=-0.18
  go/other=-0.17 go/to=0.21 hope/to=0.06 include/capital=-0.17 include/determiner=-0.10 include/other=0.06
  include/the=-0.12 issue/the=-0.10 mention/capital=-0.19 nominate/capital=0.10 offer/other=0.20 pledge/other=-0.27
  pledge/to=0.10 point/other=0.17 position/other=0.11 praise/capital=0.21 press/other=-0.23 promise/other=-0.05
  promise/to=0.06 propose/other=-0.11 push/other=0.15 question/wh=0.34 refer/the=0.08 report/capital=-0.06
  report/other=0.14 report/that=-0.11 report/the=0.13 respond/to=0.11 say/capital=0.09 say/her=0.09 say/his=0.08
  say/it=0.23 say/preposition=-0.06 say/pronoun=-0.18 say/quotation=0.25 say/that=-0.19 say/the=0.19 say/wh=-0.32
  see/a=-0.14 see/capital=0.16 see/the=-0.11 see/wh=-0.10 seek/to=-0.09 show/a=0.12 show/capital=0.20 show/other=-0.12
  show/that=0.09 show/the=-0.10 show/wh=0.06 speak/capital=-0.08 speak/other=0.12 speak/the=-0.07 speak/to=-0.17
  state/that=-0.14 support/other=-0.09 support/the=0.22 talk/other=-0.09 talk/the=0.20 talk/wh=-0.08
  tell/quotation=0.08 tell/that=0.18 think/other=0.06 think/the=-0.07 tweet/other=-0.27 urge/capital=0.10 want/to=0.31
  warn/that=0.09 write/quotation=0.11
lemma: =0.26 /according=0.26 :=-0.16 :/headline=-0.12 accept=-0.21 accept/object=-0.27 accuse=0.08 acknowledge=0.10
  acknowledge/clause=-0.09 add=-0.13 add/beside=0.09 add/clause=0.08 add/object=-0.30 add/quotation=0.08
  address/object=0.05 admit=-0.10 advocate=-0.14 advocate/object=-0.09 agree/clause=0.09 aim=-0.16 aim/object=-0.09
  announce=0.27 announce/clause=0.13 announce/object=0.14 answer/object=0.10 appeared=-0.05 appeared/seeming=-0.11
  appears=0.08 appears/seeming=0.08 argue=0.06 argue/clause=0.27 ask=0.08 ask/beside=-0.09 ask/clause=0.18
  ask/object=-0.13 ask/passive=0.08 assert=0.12 assume=-0.20 assume/clause=-0.09 attack=-0.32 attack/object=-0.26
  attempt=-0.24 attempt/object=-0.15 ban=-0.12 believe=0.13 believe/clause=0.20 believe/object=0.06 blame=-0.15
  blast=0.09 block=-0.05 bring=-0.33 bring/clause=-0.17 bring/object=-0.15 call/clause=0.14 call/quotation=-0.08
  campaign=-0.30 campaign/clause=-0.13 campaign/object=-0.14 case=-0.10 challenge=-0.22 challenge/object=-0.18
  charge=-0.07 charge/object=0.10 cite=0.31 cite/clause=0.09 cite/object=0.19 claim=-0.12 claim/clause=-0.09
  claim/object=-0.11 clear=0.06 clear/unlisted=0.11 comment=0.05 comment/object=0.07 comments=-0.12 compare=-0.13
  compare/object=-0.06 complain=-0.16 concerns/noun-of=-0.12 conclude=0.07 confront=0.07 consider=0.10
  consider/object=0.08 consider/passive=0.12 contest=-0.22 contest/object=-0.17 continue=-0.05 continue/object=-0.28
  convince=0.22 critical=0.17 critical/adjective=0.17 criticism=0.19 criticism/noun-of=0.19 criticize=0.21
  criticize/object=0.06 debate=-0.27 debate/clause=-0.13 debate/object=-0.08 debate/relative=-0.06 decide=-0.13
  declare/object=0.27 decline=0.15 decline/object=0.22 defeat/object=-0.24 defend=0.13 defend/clause=0.21
  deliver=-0.15 deliver/object=-0.06 demand=0.17 demand/clause=0.20 deny=-0.14 describe=0.22 describe/clause=-0.11
  describe/object=0.33 detail=-0.10 determine=-0.10 determine/clause=-0.16 disclose=-0.18 disclose/object=-0.20
  discuss=0.24 discuss/clause=-0.06 discuss/object=0.30 dismiss=-0.16 doubt=0.27 doubt/clause=0.22 echo=-0.13
  embrace=-0.35 embrace/object=-0.17 emphasize=0.15 emphasize/clause=0.20 encourage=0.19 encourage/object=0.16
  estimate=0.10 evidence=-0.16 expect=0.08 expect/passive=0.10 explain=0.21 explain/clause=0.21 express=0.32
  express/clause=0.35 fear=0.14 feel=0.08 feel/object=0.14 find=-0.14 find/clause=0.08 find/object=-0.17 go=-0.25
  go/object=-0.10 hear=-0.22 hear/object=-0.08 highlight/object=-0.11 hope=-0.11 hope/clause=-0.08 idea=-0.13
  identify=0.19 identify/object=0.09 include=-0.53 include/clause=-0.07 include/object=-0.44 indicate=-0.22
  insist=-0.08 insult=-0.21 intend=0.14 introduce=-0.17 introduce/object=-0.12 investigate=-0.17
  investigate/object=-0.07 invite=-0.22 invite/object=-0.17 judge=0.06 judge/object=0.11 know=0.06 know/clause=0.08
  know/object=-0.10 learn=-0.19 learn/object=-0.09 maintain=-0.36 mention/object=-0.16 miss=-0.21 mock/object=0.12
  nominate=0.09 nominate/object=0.14 note=0.19 note/clause=0.10 offer=-0.15 offer/object=-0.05 oppose=0.11
  oppose/object=0.33 order=0.18 order/object=0.14 pass=-0.11 pass/clause=0.06 pass/object=-0.11 pledge=-0.25
  pledge/object=-0.24 point/clause=0.14 portray=0.15 portray/object=0.15 position=0.13 position/object=0.13
  praise=0.16 praise/object=0.17 prefer=0.17 prefer/object=0.09 present/object=0.13 press=-0.20 press/object=-0.11
  promise=0.10 promise/object=0.22 promote=-0.17 prompt=-0.13 prompt/object=-0.17 proposal=0.10 proposal/noun-of=0.16
  propose=0.22 propose/object=0.12 prove=-0.15 prove/clause=-0.13 question/object=0.06 rate/object=-0.11 read=-0.24
  read/beside=0.06 read/object=-0.09 recall=0.16 recognize=0.07 recognize/clause=0.22 recommend=0.20
  recommend/object=0.18 reference/object=0.06 reject=-0.07 remark=-0.08 remark/clause=-0.09 remember=-0.10
  repeat=-0.07 report/clause=-0.06 request=-0.08 request/object=-0.07 respond=-0.15 respond/clause=0.13
  respond/object=-0.14 reveal=0.08 say=0.37 say/beside=0.28 say/clause=0.23 say/quotation=-0.08 see/clause=-0.09
  share/object=0.08 show=0.29 show/clause=0.12 show/object=0.15 sign=0.06 sing=-0.13 speak=-0.11 speak/object=-0.20
  state=-0.24 state/clause=-0.15 statement=-0.09 suggest=0.31 suggest/clause=0.36 support=-0.08 support/clause=-0.09
  support/noun-of=-0.12 talk/object=0.11 tell=0.16 tell/object=0.09 tell/quotation=0.06 term=-0.20 think/clause=0.08
  treat=-0.13 tweet=-0.17 tweet/clause=-0.31 tweet/object=0.11 understand/clause=-0.07 urge=0.09 urge/object=0.14
  view=0.06 view/object=0.15 vow=0.10 vow/object=0.17 want=0.12 want/object=0.11 warn=0.20 worry=-0.11
  worry/object=-0.14 write=-0.05 write/beside=0.11 write/object=-0.14
listed: False=-0.24 True=0.21
negated: go=-0.10 know=0.08 mention=-0.07 respond=0.07 say=-0.09 want=0.13
next: ,=-0.06 ,/a=-0.28 ,/according=0.27 ,/adjective=-0.16 ,/agree=0.37 ,/an=-0.07 ,/apologize=-0.11 ,/ask=0.10
  ,/attribute=-0.16 ,/beside=-0.06 ,/bring=0.06 ,/call=-0.19 ,/capital=0.06 ,/compare=0.12 ,/conclude=0.10
  ,/contend=0.15 ,/criticize=0.07 ,/deny=-0.15 ,/determiner=0.09 ,/discuss=-0.05 ,/endorse=0.09 ,/fear=-0.06
  ,/go=-0.23 ,/hammer=-0.10 ,/her=0.24 ,/hint=0.11 ,/his=-0.08 ,/hope=0.09 ,/ing=0.08 ,/it=0.11 ,/know=-0.07
  ,/mention=0.07 ,/noun-of=-0.12 ,/object=-0.06 ,/other=0.06 ,/passive=0.17 ,/point=-0.13 ,/praise=0.29
  ,/preposition=0.12 ,/prohibit=-0.12 ,/pronoun=0.08 ,/quotation=-0.13 ,/reaffirm=-0.17 ,/seek=0.09 ,/seeming=-0.10
  ,/show=0.21 ,/speak=-0.12 ,/support=0.22 ,/tell=-0.09 ,/that=-0.23 ,/the=-0.11 ,/think=0.11 ,/to=0.16 ,/urge=0.08
  ,/view=-0.06 ,/want=0.18 ,/warn=0.07 --=0.08 --/object=-0.11 -/clause=0.13 -/noun-of=-0.16 -/other=-0.22
  -/that=-0.08 .=-0.12 ./a=-0.09 ./according=0.13 ./accuse=0.15 ./alarm=-0.24 ./apologize=-0.21 ./assert=0.12
  ./attribute=-0.17 ./beside=-0.06 ./bring=-0.31 ./bristle=0.15 ./capital=0.14 ./clause=0.17 ./comment=-0.07
  ./compare=-0.38 ./conclude=0.18 ./contend=0.30 ./deride=-0.06 ./determiner=0.11 ./endorse=-0.53 ./fear=0.10
  ./go=-0.25 ./hammer=-0.06 ./her=-0.11 ./hint=0.21 ./his=0.14 ./ing=-0.09 ./it=0.12 ./know=0.11 ./mark=-0.14
  ./mention=0.32 ./noun=-0.14 ./noun-of=0.14 ./number=-0.07 ./object=-0.18 ./observe=-0.30 ./offer=0.16
  ./passive=-0.30 ./point=0.06 ./praise=-0.18 ./preposition=-0.10 ./prohibit=-0.17 ./pronoun=0.07 ./read=-0.14
  ./reaffirm=0.13 ./respond=-0.12 ./say=0.38 ./see=-0.16 ./seek=0.08 ./speak=-0.10 ./support=0.10 ./tackle=-0.15
  ./tell=0.20 ./the=0.05 ./think=0.21 ./to=0.07 ./urge=0.09 ./want=-0.15 ./warn=0.44 ./wh=0.21 ./write=-0.19 :=-0.20
  :/clause=-0.30 :/object=-0.07 ;=0.23 ;/clause=0.16 ;/other=0.08 after=0.25 and=0.07 and/call=-0.06 and/clause=-0.12
  and/endorse=-0.05 and/his=0.12 and/object=0.32 and/preposition=0.08 and/say=0.06 and/that=-0.23 and/the=-0.10
  and/to=-0.07 as=0.14 at=0.05 at/object=0.19 because=0.11 before=0.31 before/object=0.19 but/capital=0.06 during=0.25
  during/object=0.17 end=0.12 end/a=0.14 end/according=0.05 end/ask=0.06 end/beside=0.23 end/call=0.12
  end/capital=0.12 end/clause=-0.08 end/colon=-0.08 end/contend=-0.10 end/criticize=0.13 end/deny=-0.08
  end/determiner=-0.17 end/go=0.28 end/headline=-0.16 end/his=-0.15 end/object=-0.15 end/other=0.18 end/passive=0.09
  end/point=-0.06 end/preposition=-0.14 end/pronoun=0.12 end/quotation=0.06 end/respond=0.20 end/say=0.50
  end/tell=-0.19 end/that=0.12 end/the=-0.15 end/think=-0.08 end/to=0.14 end/urge=-0.15 end/wh=-0.19 end/write=0.09
  for/object=0.18 in=-0.05 in/capital=0.18 in/other=-0.08 on=-0.11 on/capital=0.07 on/object=0.06 that=-0.22
  that/object=-0.28 that/other=-0.17 to=0.06 verb=0.17 verb/beside=0.27 verb/capital=-0.09 verb/determiner=0.15
  verb/say=0.17 verb/the=0.10 when=-0.10 while=-0.16 with=-0.12 word=-0.26 word/beside=-0.11 word/call=0.19
  word/capital=-0.41 word/clause=0.17 word/criticize=-0.06 word/deny=0.05 word/determiner=-0.13 word/hope=0.20
  word/ing=0.07 word/noun-of=-0.20 word/object=-0.09 word/other=-0.45 word/quotation=0.24 word/reaffirm=-0.07
  word/say=-0.30 word/seeming=-0.09 word/support=-0.24 word/tell=0.23 word/that=0.23 word/the=-0.19 word/want=0.10
  word/wh=0.36 word/write=0.10 —=-0.16 —/object=-0.22 —/to=-0.22
noun: %=0.14 ''=-0.16 )=-0.14 .=-0.05 ?=-0.09 NAME/by=0.14 NAME/clause=-0.18 NAME/headline=0.06 NAME/noun-of=-0.10
  NAME/object=-0.10 NAME/passive=0.18 appeared=0.09 back=0.18 bill=-0.07 campaign=-0.27 candidate=0.06
  convention=-0.07 decision=0.06 delegates=-0.26 her=0.21 him=-0.22 himself=0.17 how=-0.10 idea=-0.07 interest=-0.07
  issue=0.06 issues=-0.14 made=-0.10 many=-0.11 more=0.18 much=-0.06 need=0.05 out=0.48 percent=-0.29 plan=0.10
  policies=-0.05 president=0.08 questions=0.17 role=0.20 said=-0.23 she=-0.12 some=0.06 such=-0.13 support=0.16
  supporters=-0.05 them=-0.09 up=-0.14 view=0.26 vote=-0.13 voters=-0.13 votes=-0.06 wanted=-0.21 way=-0.23 week=-0.33
  ”=-0.13
opens: according=0.25 clause=-0.22 object=-0.42
pair: /common=0.14 /document=-0.15 /institution=0.18 /name=-0.11 :/name=-0.15 acknowledge/he=0.11
  acknowledge/name=-0.06 add/he=0.10 address/name=0.06 agree/common=0.15 announce/name=-0.12 appeared/none=-0.11
  appears/none=0.08 argue/name=0.07 ask/common=-0.06 ask/none=-0.05 attack/common=-0.21 attack/name=-0.16
  attacks/plural=0.14 attempt/common=-0.05 attempt/name=-0.06 believe/he=-0.28 bring/common=-0.12 bring/he=-0.07
  call/he=0.09 call/institution=0.07 call/name=0.14 call/none=-0.12 call/plural=-0.10 campaign/common=-0.11
  campaign/name=-0.09 case/none=-0.10 cast/name=0.09 claim/he=-0.08 claim/name=-0.07 comment/common=-0.15
  compare/common=-0.15 compare/name=0.13 concerns/none=0.07 consider/common=0.05 consider/he=-0.12 consider/none=0.12
  contest/common=-0.16 continue/he=0.17 continue/name=-0.19 criticism/none=0.11 criticize/name=-0.08
  debate/common=-0.14 decide/name=-0.21 declare/name=-0.06 defend/name=0.09 deliver/name=-0.15 describe/name=-0.13
  embrace/common=0.06 endorse/name=0.14 expect/name=0.12 expect/none=0.10 feel/he=-0.12 find/document=0.28
  find/he=-0.08 find/name=-0.17 go/common=0.13 go/he=-0.12 go/it=-0.09 go/name=-0.11 go/plural=0.06 hope/he=-0.16
  idea/none=-0.06 include/common=0.05 include/name=-0.26 include/plural=-0.09 include/which=0.07 insist/name=0.15
  issue/common=-0.08 know/i=0.12 note/common=0.11 note/he=0.21 note/name=0.12 offer/common=-0.17 offer/name=-0.06
  pass/name=0.13 pledge/who=-0.14 point/common=-0.32 point/name=0.20 praise/name=0.07 promise/name=0.13
  propose/he=0.15 prove/name=-0.07 push/he=0.07 push/name=-0.17 question/common=0.08 question/name=-0.09
  rate/common=-0.10 refuse/he=0.15 remark/common=-0.18 report/institution=0.06 respond/name=-0.21 say/common=0.48
  say/he=0.10 say/institution=0.13 say/it=0.09 say/role=0.14 say/they=-0.20 say/who=-0.13 see/common=-0.19 see/he=0.11
  see/name=0.06 see/plural=-0.21 seek/he=-0.07 seek/name=0.05 show/common=0.06 show/document=0.51 show/name=-0.38
  show/plural=-0.05 speak/common=0.07 speak/he=0.13 speak/name=-0.07 state/common=-0.05 state/name=0.09
  suggest/common=0.08 suggest/he=0.22 suggest/name=-0.08 support/he=-0.20 support/name=-0.11 support/none=-0.05
  support/plural=0.07 talk/common=-0.14 talk/name=0.18 tell/common=-0.09 tell/he=0.10 tell/name=0.15 tell/role=0.08
  think/common=-0.13 think/he=-0.22 think/i=0.31 think/name=0.09 tweet/common=-0.34 tweet/name=0.25 urge/name=-0.11
  view/none=-0.07 want/he=-0.22 want/they=0.09 write/he=0.06 write/name=0.18
paragraph: clause=0.08 headline=0.33 object=0.35
preposition: after=0.08 against=0.28 as=-0.10 for=0.21 from=-0.29 in=-0.30 of=0.06 on=-0.07 over=-0.05 with=-0.16
question: clause=0.13 headline=-0.17 object=0.09
quoted: all=0.34 all/beside=0.31 none=-0.24 none/according=0.14 none/adjective=0.09 none/by=0.07 none/clause=-0.08
  none/headline=-0.46 none/infinitive=-0.07 none/object=-0.05 none/relative=-0.10 none/that=0.07 none/unlisted=-0.11
  some=-0.12 some/according=0.07 some/beside=-0.32 some/headline=0.33 some/infinitive=-0.11 some/noun-of=-0.12
  some/object=0.12 some/quotation=-0.05 some/that=-0.08 some/unlisted=0.24
rest: 0=0.12 0/according=0.05 0/beside=0.23 0/clause=-0.08 0/colon=-0.08 0/end=0.12 0/headline=-0.16 0/object=-0.15
  0/passive=0.09 1/.=0.15 1/;=0.11 1/according=0.13 1/beside=-0.07 1/clause=-0.25 1/noun-of=0.13 1/object=0.11
  1/passive=-0.22 1/seeming=0.08 1/word=-0.06 14=0.06 14/,=0.21 14/-=-0.08 14/--=-0.14 14/.=0.12 14/according=-0.07
  14/beside=-0.16 14/clause=0.11 14/in=0.10 14/noun=0.12 14/object=-0.09 14/passive=0.18 14/quotation=-0.09
  14/seeming=-0.13 14/that=-0.11 2=-0.26 2/.=-0.07 2/word=-0.12 24=0.10 24/,=-0.07 24/-=0.12 24/:=0.09 24/and=0.12
  24/beside=-0.39 24/noun-of=0.10 24/object=0.21 24/passive=-0.12 24/relative=-0.10 24/seeming=0.18 24/verb=0.06
  24/word=-0.43 3=0.08 3/beside=0.71 3/clause=-0.19 3/object=-0.15 3/word=0.20 40=-0.18 40/,=0.10 40/beside=-0.27
  40/clause=0.12 40/object=0.19 40/word=-0.24 5/according=-0.11 5/and=-0.19 5/beside=0.25 5/by=-0.05 5/noun-of=-0.13
  5/object=-0.16 5/passive=-0.13 5/relative=0.17 5/word=0.35 8=0.11 8/,=-0.23 8/-=0.07 8/according=0.19 8/and=0.09
  8/because=0.21 8/beside=-0.30 8/by=0.07 8/clause=0.13 8/object=-0.08 8/passive=0.16 8/quotation=0.08 8/to=-0.06
  8/—=-0.20
rule: according=0.26 clause=-0.10 headline=-0.12 infinitive=-0.18 noun=0.06 noun-of=-0.09 object=0.06 quotation=-0.07
  relative=-0.10 reportedly=-0.05 seeming=0.06 unlisted=0.13
size: 1=-0.53 1/,=-0.22 1/.=-0.25 1/by=-0.19 1/in=-0.07 1/noun-of=0.06 1/object=-0.10 1/verb=-0.21 1/word=-0.20
  14=0.33 14/,=0.28 14/-=-0.08 14/.=0.30 14/according=0.13 14/and=-0.07 14/beside=0.25 14/by=0.24 14/clause=-0.25
  14/end=0.14 14/noun=-0.14 14/noun-of=0.11 14/object=-0.11 14/passive=0.08 14/seeming=0.14 14/that=-0.23
  14/unlisted=0.10 14/verb=0.11 14/with=0.07 14/—=0.05 2=-0.19 2/,=-0.20 2/.=-0.21 2/adjective=0.12 2/and=0.22
  2/by=0.06 2/noun-of=-0.20 2/verb=0.06 2/word=-0.15 24=0.39 24/,=0.11 24/.=0.20 24/according=0.08 24/and=-0.08
  24/beside=0.13 24/clause=-0.09 24/headline=0.30 24/quotation=0.10 24/seeming=0.22 24/verb=0.13 24/word=0.18 3=-0.33
  3/,=-0.14 3/-=0.10 3/.=-0.16 3/adjective=-0.10 3/and=0.09 3/clause=0.45 3/end=-0.16 3/headline=-0.18 3/object=0.09
  3/relative=-0.08 3/word=0.09 3/—=-0.08 40=0.11 40/according=-0.06 40/beside=0.28 40/clause=-0.23 40/end=0.33
  40/object=0.12 40/quotation=0.21 5/.=-0.10 5/;=0.08 5/adjective=-0.25 5/and=0.11 5/but=-0.08 5/clause=0.08
  5/end=-0.34 5/noun=0.37 5/passive=0.06 5/quotation=-0.36 5/relative=0.14 5/seeming=-0.18 5/verb=0.07 5/word=-0.12
  5/—=0.11 8=0.23 8/,=0.12 8/.=0.12 8/according=0.16 8/adjective=0.16 8/and=-0.24 8/beside=-0.14 8/clause=-0.09
  8/colon=0.16 8/end=0.21 8/in=-0.12 8/noun=-0.20 8/noun-of=-0.06 8/object=-0.11 8/on=-0.11 8/quotation=0.16
  8/unlisted=0.06 8/verb=0.09
spans: /14=0.13 /24=0.08 /40=-0.06 /8=0.16 :/24=0.13 :/3=-0.18 :/40=-0.22 :/5=0.05 :/8=0.20 accuse/14=0.06
  accuse/8=0.27 acknowledge/14=0.06 add/14=0.18 add/24=-0.07 add/40=0.07 add/8=-0.08 agree/14=0.08 aim/5=-0.09
  announce/14=-0.18 appeared/14=-0.06 appeared/8=0.07 appears/8=-0.11 argue/14=0.15 ask/14=0.26 ask/5=-0.11 ask/8=0.06
  attack/1=0.18 attack/14=-0.17 attack/3=-0.23 attack/5=-0.07 attack/8=-0.10 attempt/5=-0.08 believe/8=0.16
  bring/14=-0.17 bring/5=-0.06 call/14=0.12 call/24=-0.05 call/3=0.27 call/8=-0.15 campaign/1=-0.10 campaign/5=-0.06
  cast/8=0.10 challenge/8=0.08 claim/14=-0.14 claim/5=-0.10 comment/8=0.10 compare/8=-0.09 consider/3=0.12
  consider/8=-0.09 continue/24=0.05 criticism/5=0.11 criticize/14=0.21 criticize/5=0.07 debate/1=-0.07
  decline/14=-0.07 defend/5=-0.11 describe/5=0.10 discuss/8=-0.05 endorse/1=0.16 endorse/2=0.21 endorse/3=0.18
  feel/14=0.09 find/8=0.09 focus/8=-0.06 go/14=0.22 go/2=-0.20 go/3=-0.15 go/5=-0.20 go/8=-0.33 hope/14=-0.08
  include/14=-0.19 include/2=-0.07 include/3=-0.08 include/8=-0.32 insist/14=-0.16 issue/14=0.11 know/1=-0.05
  know/14=0.16 know/8=-0.06 note/24=-0.16 note/8=0.16 offer/14=-0.17 offer/8=0.18 oppose/3=-0.06 pass/5=-0.18
  pledge/3=0.10 point/2=-0.18 point/24=0.30 point/3=-0.13 point/5=-0.16 point/8=0.16 promise/14=-0.17 promise/8=0.20
  promote/8=-0.15 proposal/8=-0.08 push/5=0.12 push/8=0.06 question/2=-0.07 rate/5=-0.08 recognize/8=0.09 refer/8=0.08
  refuse/14=-0.21 refuse/5=0.08 report/14=-0.21 report/24=0.10 report/3=-0.08 report/5=0.05 report/8=-0.05
  respond/8=0.15 say/14=0.22 say/3=-0.23 say/40=0.14 say/5=0.48 see/14=-0.05 see/24=0.18 see/3=0.06 see/8=-0.08
  seek/8=0.06 seemed/8=-0.14 seems/5=-0.17 seems/8=0.16 show/14=0.21 show/24=0.08 show/3=-0.07 show/5=-0.12
  show/8=0.21 speak/14=-0.16 speak/3=-0.12 speak/5=0.14 suggest/5=0.23 support/1=0.17 support/14=-0.30 support/3=0.05
  support/8=-0.05 talk/3=0.08 talk/5=0.24 talk/8=-0.37 tell/14=0.09 tell/24=0.15 tell/40=-0.08 tell/8=0.09
  think/14=0.06 think/5=-0.11 think/8=0.12 tweet/8=-0.19 understand/8=-0.15 urge/5=0.14 want/14=0.15 want/5=0.06
  want/8=-0.06 warn/14=-0.09 warn/8=0.07 write/14=0.16 write/40=0.07 write/5=-0.18 write/8=-0.06
speaker: common=-0.37 common/according=0.14 common/adjective=-0.12 common/beside=-0.20 common/by=0.16
  common/clause=-0.13 common/colon=-0.11 common/headline=0.09 common/relative=-0.27 common/unlisted=-0.11
  document=0.15 document/according=-0.15 document/beside=0.09 document/clause=0.13 document/object=0.13 he/beside=0.27
  he/clause=-0.15 i=0.44 i/clause=0.27 institution=0.19 institution/according=0.18 institution/beside=-0.17
  institution/by=0.05 institution/clause=-0.06 institution/object=0.06 it=-0.19 it/beside=0.11 it/clause=-0.14
  it/unlisted=0.07 name/according=-0.11 name/adjective=0.20 name/clause=0.07 name/headline=-0.14 name/noun=-0.28
  name/object=0.20 name/quotation=0.10 none=-0.21 none/clause=-0.16 none/noun=-0.11 none/noun-of=0.07
  none/object=-0.09 none/reportedly=-0.05 none/seeming=0.06 people=0.20 people/adjective=0.07 people/beside=-0.06
  people/clause=0.12 people/object=-0.05 plural=-0.06 plural/beside=-0.16 plural/clause=0.13 plural/noun=0.29
  plural/noun-of=-0.14 plural/relative=-0.09 role=0.14 role/beside=0.08 role/clause=0.17 role/object=-0.32 they=-0.06
  they/clause=-0.21 they/object=0.12 which=-0.12 which/clause=-0.06 who=-0.27 who/clause=-0.24 who/object=-0.27
  you=0.15 you/clause=0.13
starts: a=0.05 a/clause=0.19 a/object=0.06 a/passive=0.09 a/relative=0.07 an/clause=0.12 an/object=0.15
  an/preposition=-0.16 as=-0.15 capital/according=0.15 capital/adjective=0.06 capital/beside=-0.11
  capital/noun-of=0.05 capital/passive=0.21 capital/preposition=-0.11 capital/relative=-0.12 capital/seeming=-0.07
  determiner=-0.06 determiner/beside=0.14 determiner/object=-0.06 determiner/preposition=-0.16 her=0.20
  her/clause=0.16 her/preposition=0.17 him=0.11 him/object=0.40 him/preposition=-0.12 himself/object=0.11 his=0.06
  his/clause=-0.17 his/noun-of=0.08 his/object=-0.21 his/preposition=0.40 ing=-0.07 ing/clause=0.19 ing/noun-of=-0.20
  ing/object=-0.20 it=-0.07 it/clause=-0.05 ly=-0.43 mark=-0.09 number/clause=0.08 number/preposition=-0.14
  other=-0.32 other/noun-of=-0.07 other/object=-0.15 other/passive=0.06 other/preposition=0.29 other/relative=-0.24
  other/seeming=-0.08 preposition=-0.31 preposition/according=0.07 preposition/beside=-0.12 preposition/clause=-0.13
  pronoun=0.24 pronoun/beside=-0.18 pronoun/clause=0.14 pronoun/passive=0.14 pronoun/seeming=0.13 quotation=0.10
  quotation/beside=0.28 quotation/preposition=-0.16 that=0.16 that/adjective=-0.06 that/noun=0.06 that/passive=-0.14
  that/that=0.26 that/unlisted=0.13 the=0.10 the/according=0.07 the/adjective=0.10 the/beside=-0.11 the/by=0.07
  the/clause=0.18 the/noun-of=-0.06 the/object=-0.32 the/passive=-0.09 the/preposition=-0.08 the/seeming=0.23
  to/infinitive=-0.08 to/noun-of=0.18 to/preposition=-0.11 wh=0.18 wh/clause=-0.60 wh/object=0.29 wh/passive=-0.16
  wh/preposition=0.53 wh/quotation=-0.09 wh/relative=0.21 wh/that=-0.27
sure: 3=-0.28 3/clause=-0.19 3/object=-0.34 4=-0.34 4/adjective=0.16 4/clause=-0.54 4/passive=-0.06 5=-0.14
  5/adjective=0.09 5/clause=-0.18 5/noun-of=-0.11 5/seeming=-0.10 6=0.16 6/clause=0.17 6/noun=-0.21 6/noun-of=0.21
  6/object=0.12 6/passive=-0.15 6/seeming=0.06 7=0.29 7/adjective=-0.30 7/clause=0.34 7/object=0.23 7/passive=0.10
  7/seeming=0.11 7/unlisted=-0.22 8=0.36 8/according=0.26 8/adjective=0.12 8/clause=0.30 8/headline=-0.12 8/noun=0.07
  8/object=-0.10 8/passive=-0.11 8/relative=-0.10 8/reportedly=-0.05 8/seeming=-0.16 8/unlisted=0.23
tense: base=-0.29 base/beside=-0.08 base/clause=-0.05 base/noun=0.27 base/noun-of=-0.19 base/object=0.09
  base/passive=-0.16 base/quotation=-0.15 ing=-0.08 participle=0.24 participle/passive=0.32 past=0.23 past/beside=0.19
  past/clause=-0.08 past/object=-0.14 past/passive=-0.13 past/quotation=0.13 past/relative=0.07 s=-0.22 s/beside=-0.12
  s/noun-of=0.17 s/object=-0.08 s/relative=-0.15
trait: bare=-0.22 bare/object=0.07 bare/preposition=0.06 bare/relative=-0.19 bare/that=-0.09 comma=0.08
  comma/infinitive=0.25 comma/object=-0.21 comma/preposition=-0.10 comma/quotation=0.24 infinitive=-0.25
  infinitive/clause=0.20 infinitive/object=-0.10 infinitive/passive=-0.20 infinitive/preposition=0.11
  infinitive/quotation=-0.09 infinitive/that=-0.25 ing=-0.15 ing/clause=-0.08 ing/infinitive=-0.06 ing/object=-0.25
  ing/quotation=0.13 ing/that=0.14 link-about=0.25 link-about/noun-of=0.14 link-by/noun-of=-0.11 link-for=-0.08
  link-for/noun-of=0.16 link-from=-0.18 link-from/noun-of=-0.18 link-of=0.24 link-of/adjective=0.15
  link-of/noun-of=0.09 link-on/noun-of=0.07 link-over=-0.11 link-over/noun-of=-0.11 link-that/adjective=-0.06
  link-that/noun=0.06 link-with=-0.15 link-with/noun-of=-0.20 modal=-0.25 modal/clause=-0.11 modal/object=-0.07
  modal/passive=-0.12 modal/preposition=-0.07 modal/that=0.07 negated=0.22 negated/infinitive=0.07 negated/object=0.11
  negated/passive=-0.17 negated/preposition=0.19 negated/that=-0.09 progressive=0.13 progressive/clause=-0.06
  progressive/object=0.23
verbs: 0/adjective=-0.05 0/beside=-0.07 0/headline=-0.19 0/noun-of=0.08 0/object=0.10 0/passive=-0.10 0/relative=-0.09
  0/unlisted=-0.09 1/according=0.20 1/adjective=0.09 1/clause=-0.10 1/noun=0.18 1/noun-of=-0.09 1/object=-0.16
  1/passive=0.22 1/seeming=-0.21 1/unlisted=0.08 2/according=0.11 2/adjective=-0.06 2/beside=0.05 2/noun=-0.12
  2/seeming=0.09 2/unlisted=0.06 3/according=-0.09 3/clause=-0.05 3/headline=0.06 3/object=-0.09 3/passive=-0.11
  3/seeming=0.22 3/unlisted=0.08
where: according=-0.69 according/clause=-0.30 according/object=-0.15 beside=-0.06 beside/clause=-0.10 clause=-0.14
  clause/adjective=-0.06 clause/clause=-0.17 clause/noun=0.21 clause/noun-of=0.19 clause/object=-0.39
  clause/passive=0.06 clause/quotation=-0.30 clause/relative=-0.08 clause/unlisted=0.31 free=1.18 free/adjective=0.26
  free/beside=0.11 free/by=0.10 free/clause=0.53 free/colon=0.28 free/headline=-0.23 free/noun-of=-0.22
  free/object=0.37 free/passive=0.11 free/quotation=0.10 free/relative=-0.17 free/reportedly=-0.05 free/seeming=0.09
  free/unlisted=-0.13 that=-0.46 that/clause=-0.10 that/noun-of=0.09 that/object=-0.14 that/passive=-0.08
  that/relative=0.16 that/seeming=-0.11
word: a=0.05 about=0.27 all=-0.20 any=0.07 as=-0.15 but=-0.07 by=-0.24 clinton=0.24 clinton's=0.39 democratic=-0.16
  donald=0.16 for=0.41 from=-0.21 he's=0.14 her=0.20 hillary=-0.07 him=0.11 his=0.30 how=0.23 if=0.05 in=-0.14
  it=-0.07 it's=-0.11 its=-0.23 itself=-0.08 many=-0.21 more=-0.15 mr.=0.35 muslims=-0.08 no=0.14 north=0.14
  obama's=0.19 off=-0.07 one=-0.06 out=0.68 people=-0.19 republican=0.12 republicans=-0.12 than=-0.09 that=0.16
  the=0.10 themselves=0.13 there=0.15 they=0.16 this=0.07 those=0.19 trump=0.20 trump's=0.30 tweet-id=-0.21 up=-0.12
  voters=0.08 what=-0.13 when=-0.15 which=0.26 why=-0.10 with=-0.12 women=-0.06
"""
)
