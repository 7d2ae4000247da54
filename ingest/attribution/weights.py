"""How much each piece of evidence counts (see ``evidence``), fitted by ``tests/benchmarks/attribution_fit.py``.

Written by that program, not by hand: a family of evidence a paragraph, ``value=weight`` each, in natural logarithms of
odds. What is not listed counts nothing. The figures are of PolNeAR; no words of its articles but single ones are here.
"""

from __future__ import annotations


def _read(table: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for line in table.replace("\n  ", " ").strip().splitlines():
        family, _, values = line.partition(": ")
        for pair in values.split():
            value, _, weight = pair.rpartition("=")
            weights[f"{family} {value}"] = float(weight)
    return weights


#: Evidence of an attribution.
CUES = _read(
    r"""
and: verb=0.16
before: ,=0.41 a=-0.17 also=0.34 and=0.29 as=-0.26 be=-0.54 been=-0.20 by=0.10 capital=0.17 determiner=-0.12 for=-0.44
  had=0.15 has=0.31 have=0.53 his=0.28 in=0.26 ing=0.07 is=0.31 ly=0.11 not=-0.14 number=-0.41 or=-0.29
  preposition=-0.24 quotation=0.21 that=-0.12 the=-0.26 to=-0.16 were=-0.05 wh=-0.21 who=0.22 will=-0.31 with=0.12
  would=0.15
bias: all=-1.89
comma: according=0.25 and=0.12 as=-0.10 but=0.15 capital=-0.23 determiner=-0.15 his=0.09 including=-0.08 ing=0.21
  ly=-0.21 number=0.05 other=0.09 quotation=-0.11 saying=0.29 the=0.23 to=-0.12 which=-0.08 who=-0.17 with=-0.14
commas: 0=0.28 1=-0.15 3=-0.12
frames: h/infinitive=0.06 o/clause=0.19 o/infinitive=-0.37 o/object=0.55 o/passive=0.09 o/preposition=0.10
  o/quotation=-0.09 o/relative=0.07 o/that=-0.12 oi/infinitive=-0.10 oi/object=0.12 ois/object=0.14 p/clause=-0.15
  p/object=-0.25 p/preposition=0.23 p/quotation=-0.21 p/relative=-0.05 q/beside=0.05 qt/beside=0.20 qt/clause=0.42
  qt/noun=0.10 qt/passive=-0.12 qt/preposition=-0.21 qt/quotation=0.51 qt/relative=-0.24 qt/that=0.05 qta/beside=-0.12
  qta/infinitive=0.23 qta/passive=0.10 qta/preposition=-0.23 qta/quotation=0.07 qta/that=0.22 qto/clause=0.12
  sh/clause=0.06 sh/object=-0.11 sh/that=-0.18 si/object=-0.09 so/by=0.15 so/clause=-0.30 so/infinitive=-0.31
  so/noun-of=0.08 so/object=-0.16 so/passive=-0.10 so/quotation=-0.24 so/that=-0.12 soi/clause=-0.29
  soi/infinitive=0.24 soi/passive=0.18 soi/that=-0.13 sti/infinitive=0.36 sti/object=-0.25 to/object=0.13
  to/preposition=-0.09
holds: cue=-0.25
kin: accuse=0.12 accuse/clause=0.07 admire=0.30 admire/object=0.19 agree=0.29 agree/clause=0.10 agree/object=0.21
  alarm=-0.30 alarm/object=-0.33 anticipate=0.07 apologize=-0.18 apologize/clause=-0.33 apologize/object=0.12 ask=0.15
  ask/beside=-0.13 ask/clause=0.23 ask/object=-0.07 ask/passive=0.10 assert=0.14 attribute=-0.18
  attribute/object=-0.07 attribute/passive=-0.28 bring=-0.33 bring/clause=-0.21 bring/object=-0.11 bristle/clause=0.18
  bristle/object=-0.06 call/noun-of=0.14 call/object=0.26 call/quotation=-0.34 comment=-0.06 comment/object=0.07
  compare=-0.34 compare/clause=-0.17 compare/object=-0.16 conclude=0.23 conclude/beside=0.12 conclude/clause=0.14
  conclude/object=-0.14 contend=0.14 contend/beside=0.08 contend/clause=0.26 criticize=0.29 criticize/clause=0.05
  criticize/object=0.12 criticize/passive=0.10 decide=-0.14 deny=0.17 deny/clause=0.25 deny/object=-0.09 deride=-0.07
  discuss=0.27 discuss/clause=0.33 discuss/object=0.06 endorse=-0.19 endorse/clause=-0.20 endorse/object=0.05
  endorse/relative=0.08 fear=0.14 fear/clause=-0.06 fear/object=-0.16 find=-0.09 find/object=-0.15 focus/object=-0.06
  go=-0.27 go/object=-0.05 hammer=-0.20 hammer/clause=-0.12 hammer/object=-0.24 hammer/passive=0.20 hint=0.11
  hint/clause=0.21 hint/object=0.06 hope=0.28 hope/clause=-0.11 hope/passive=0.12 know=-0.08 know/clause=-0.07
  know/object=0.06 learn=-0.12 learn/object=-0.09 mention=0.28 mention/object=0.18 observe=-0.22 observe/clause=-0.10
  offer/clause=0.08 point/clause=0.15 praise=0.14 praise/clause=0.24 praise/object=-0.17 prohibit=-0.12
  prohibit/clause=0.06 prohibit/object=-0.29 propose=0.13 read=-0.26 read/beside=0.05 read/object=-0.10 reaffirm=-0.18
  reaffirm/clause=-0.10 reaffirm/relative=-0.07 rebuke=0.32 recognize/clause=0.14 respond=-0.06 respond/beside=-0.08
  respond/clause=0.13 respond/object=-0.20 respond/quotation=0.10 say=0.16 say/beside=0.10 say/clause=0.15
  say/object=-0.11 say/passive=-0.08 say/quotation=0.08 say/relative=-0.15 see=-0.25 see/clause=-0.15 see/object=0.13
  see/passive=-0.07 seek=-0.27 seek/clause=-0.14 seek/noun-of=-0.18 seek/object=0.08 seek/passive=0.06 show=-0.07
  speak/clause=-0.05 support/clause=-0.14 support/noun-of=-0.10 support/object=0.29 tackle=-0.18 tell=0.13
  tell/object=0.07 think=0.18 think/clause=0.20 think/object=0.09 urge=0.06 urge/object=0.09 view=-0.17
  view/noun-of=-0.10 view/object=0.14 want=0.12 want/object=0.11 warn=0.36 warn/object=0.26 write=-0.11
  write/beside=0.24 write/clause=-0.22 write/object=-0.11 write/quotation=0.07
lemma: =0.34 /according=0.34 :=-0.11 :/headline=-0.15 accept=-0.15 accept/object=-0.16 accuse=0.12 accuse/clause=0.07
  acknowledge=0.18 add/beside=0.15 add/clause=0.20 add/object=-0.35 add/quotation=0.08 address/object=0.06 admit=-0.08
  advocate=-0.14 advocate/object=-0.09 agree=0.11 agree/clause=0.14 aim/object=-0.12 announce=0.09
  announce/object=0.13 answer/object=0.10 appeared=-0.11 appeared/seeming=-0.16 appears=0.14 appears/seeming=0.14
  argue=0.17 argue/clause=0.33 ask=0.15 ask/beside=-0.13 ask/clause=0.23 ask/object=-0.07 ask/passive=0.10 assert=0.14
  assume=-0.21 assume/clause=-0.14 attack=-0.32 attack/object=-0.22 attack/relative=-0.06 attempt=-0.22
  attempt/object=-0.11 ban=-0.15 believe=0.14 believe/clause=0.22 blast=0.12 bring=-0.33 bring/clause=-0.21
  bring/object=-0.11 call/clause=0.09 call/object=0.06 call/quotation=-0.18 campaign=-0.16 campaign/clause=-0.15
  campaign/relative=-0.05 case/noun-of=0.12 challenge=-0.31 challenge/object=-0.11 charge=-0.15 charge/object=0.10
  cite=0.29 cite/clause=0.07 cite/object=0.21 claim=-0.07 claim/clause=-0.12 claim/object=-0.16 comment/object=0.07
  comments=-0.07 compare=-0.10 complain=-0.05 concern=0.16 concerns=0.11 conclude=0.20 confront=0.14 consider=0.10
  consider/object=0.19 consider/passive=0.06 contest=-0.24 contest/object=-0.20 continue=-0.09 continue/beside=-0.10
  continue/object=-0.20 convince=0.25 critical=0.23 critical/adjective=0.23 criticism=0.17 criticism/noun-of=0.17
  criticize=0.20 criticize/object=0.05 debate=-0.29 debate/clause=-0.11 debate/object=-0.11 debate/relative=-0.07
  decide=-0.14 declare=-0.17 declare/object=0.24 decline/object=0.20 defeat=-0.14 defeat/object=-0.23 defend=-0.05
  defend/clause=0.17 defend/object=-0.14 deliver=-0.08 deliver/object=-0.10 demand=0.11 demand/clause=0.11 deny=-0.15
  describe=0.23 describe/object=0.26 detail=-0.09 determine=-0.10 determine/clause=-0.18 disclose=-0.06
  disclose/object=-0.09 discuss=0.25 discuss/clause=0.12 discuss/object=0.13 dismiss=-0.18 doubt=0.17
  doubt/clause=0.19 embrace=-0.24 embrace/object=-0.12 emphasize=0.17 emphasize/clause=0.10 encourage=0.12
  encourage/object=0.08 endorse=0.13 endorse/clause=0.13 estimate=0.07 evidence=-0.23 explain=0.12 explain/clause=0.24
  explain/object=-0.06 express=0.40 express/clause=0.33 express/object=0.07 fear=0.09 feel/clause=-0.08
  feel/object=0.11 find=-0.08 find/clause=0.13 find/object=-0.19 focus/object=-0.06 go=-0.27 go/object=-0.05
  hear=-0.16 hear/object=-0.06 highlight=-0.07 highlight/object=-0.25 hope/clause=-0.06 idea=-0.05 identify=0.08
  identify/object=0.08 include=-0.58 include/object=-0.51 insist=-0.09 insist/clause=-0.06 insult=-0.22 intend=0.14
  introduce=-0.27 introduce/object=-0.09 investigate=-0.16 investigate/object=-0.07 invite=-0.20 invite/object=-0.15
  judge/object=0.06 know=-0.08 learn=-0.12 learn/object=-0.09 maintain=-0.26 mention/object=-0.14 miss=-0.16
  nominate=0.09 nominate/object=0.13 note=0.25 note/clause=0.14 offer=-0.17 offer/object=-0.06 oppose/object=0.22
  order=0.27 order/object=0.17 pass=-0.06 pass/clause=0.06 pass/object=-0.08 persuade=0.10 persuade/object=0.09
  pledge=-0.38 pledge/object=-0.28 point/clause=0.15 portray=0.16 portray/object=0.16 position=0.19
  position/object=0.20 post=-0.12 praise=0.10 praise/object=0.11 predict=0.09 present/object=0.21 press=-0.11
  press/object=-0.12 promise=0.08 promise/object=0.14 promote=-0.22 promote/object=-0.08 prompt=-0.09
  prompt/object=-0.09 propose=0.13 prove=-0.19 prove/clause=-0.21 prove/object=0.06 push=-0.09 question/clause=-0.08
  question/object=0.12 rate/object=-0.15 read=-0.26 read/beside=0.05 read/object=-0.10 recall=0.17
  recognize/clause=0.14 recommend=0.12 recommend/object=0.10 reference/object=0.07 reject=-0.13 remark=-0.09
  remark/clause=-0.11 remember=0.15 repeat=-0.08 report/beside=0.12 report/clause=-0.21 report/object=0.05
  request=-0.15 request/object=-0.14 respond=-0.15 respond/clause=0.11 respond/object=-0.18 say=0.51 say/beside=0.38
  say/clause=0.31 say/quotation=-0.06 see/clause=-0.12 seek=-0.08 seems=-0.07 seems/seeming=-0.07 share/object=0.07
  show=0.37 show/clause=0.19 show/object=0.14 sign/object=0.06 speak/object=-0.16 state=-0.18 state/clause=-0.10
  suggest=0.16 suggest/clause=0.20 support/clause=-0.07 support/noun-of=-0.10 support/object=0.08 talk/object=0.16
  tell=0.28 tell/beside=0.06 tell/clause=0.12 tell/object=0.07 tell/quotation=0.06 term=-0.18 think/object=0.05
  tweet=-0.21 tweet/clause=-0.38 tweet/object=0.15 understand=-0.07 urge=0.27 urge/object=0.28 view=0.07
  view/noun-of=-0.08 view/object=0.18 vow/object=0.08 want=0.12 want/object=0.11 warn=0.20 worry=-0.09
  worry/object=-0.15 write=0.08 write/beside=0.17 write/clause=0.07 write/object=-0.19
listed: False=-0.27 True=0.20
negated: go=-0.11 know=0.08 mention=-0.07 say=-0.11 want=0.20
next: ,/a=-0.30 ,/according=0.32 ,/adjective=-0.10 ,/agree=0.44 ,/apologize=-0.17 ,/ask=0.10 ,/attribute=-0.17
  ,/beside=-0.08 ,/call=-0.06 ,/capital=0.07 ,/compare=0.13 ,/conclude=0.09 ,/contend=0.31 ,/criticize=0.15
  ,/determiner=0.05 ,/endorse=0.30 ,/fear=-0.07 ,/go=-0.22 ,/her=0.09 ,/him=0.14 ,/hint=0.17 ,/hope=0.09 ,/ing=-0.06
  ,/it=-0.09 ,/mention=0.05 ,/noun=-0.08 ,/noun-of=-0.13 ,/other=-0.05 ,/passive=0.25 ,/point=0.06 ,/praise=0.14
  ,/preposition=0.18 ,/quotation=-0.11 ,/reaffirm=-0.09 ,/see=-0.06 ,/seeming=-0.10 ,/show=0.07 ,/speak=-0.14
  ,/support=0.32 ,/tell=-0.07 ,/that=-0.17 ,/think=0.08 ,/to=0.33 ,/view=-0.11 ,/want=0.12 ,/wh=0.10 ,/write=-0.20
  .=0.07 ./a=-0.16 ./according=0.12 ./accuse=0.15 ./agree=0.08 ./alarm=-0.27 ./anticipate=0.18 ./apologize=-0.24
  ./assert=0.13 ./attribute=-0.09 ./bring=-0.30 ./bristle=0.09 ./call=-0.07 ./capital=0.08 ./clause=0.17
  ./comment=-0.11 ./compare=-0.31 ./conclude=0.27 ./contend=0.12 ./criticize=-0.16 ./determiner=0.06 ./endorse=-0.36
  ./fear=0.16 ./find=-0.18 ./go=-0.29 ./headline=-0.11 ./her=-0.13 ./him=-0.09 ./hint=0.21 ./his=0.18 ./it=0.12
  ./know=0.28 ./learn=-0.16 ./mark=-0.13 ./mention=0.28 ./noun-of=0.19 ./number=-0.08 ./object=-0.10 ./observe=-0.29
  ./offer=0.26 ./other=-0.16 ./passive=-0.41 ./point=0.15 ./praise=-0.08 ./preposition=-0.11 ./prohibit=-0.22
  ./pronoun=0.34 ./quotation=-0.07 ./read=-0.14 ./reaffirm=0.12 ./rebuke=0.18 ./respond=-0.16 ./say=0.28 ./see=-0.12
  ./seeming=0.07 ./tackle=-0.18 ./tell=0.13 ./that=0.15 ./them=-0.13 ./think=0.18 ./to=0.08 ./urge=0.17 ./view=-0.08
  ./warn=0.42 ./wh=0.32 ./write=-0.22 :=-0.10 ;=0.18 ;/clause=0.14 ;/other=0.16 and=0.22 and/call=0.06
  and/capital=0.18 and/clause=-0.27 and/object=0.39 and/preposition=-0.06 and/say=-0.13 and/to=-0.18 but/the=0.06
  end=0.14 end/a=0.16 end/according=0.06 end/ask=0.12 end/beside=0.28 end/call=0.14 end/contend=-0.31
  end/criticize=0.18 end/deny=0.06 end/determiner=-0.25 end/go=0.29 end/headline=-0.12 end/his=-0.13 end/it=0.08
  end/know=-0.17 end/object=-0.06 end/other=0.13 end/passive=0.06 end/point=-0.13 end/preposition=-0.19
  end/prohibit=0.09 end/pronoun=0.07 end/reaffirm=-0.14 end/respond=0.15 end/say=0.55 end/see=-0.06 end/tell=-0.15
  end/that=0.21 end/think=-0.14 end/to=0.19 end/urge=-0.13 end/warn=-0.10 end/wh=-0.12 end/write=0.14 verb=0.11
  verb/beside=0.09 verb/by=0.08 verb/determiner=0.18 verb/quotation=-0.16 verb/the=0.15 when=-0.09 when/object=-0.08
  while=-0.16 while/object=-0.11 word=0.08 word/a=0.11 word/apologize=0.12 word/beside=-0.05 word/call=0.22
  word/capital=-0.35 word/clause=0.23 word/object=-0.28 word/other=-0.37 word/preposition=-0.14 word/pronoun=0.11
  word/quotation=0.32 word/reaffirm=-0.07 word/relative=-0.08 word/respond=0.09 word/say=-0.42 word/see=0.18
  word/support=-0.21 word/tell=0.21 word/wh=0.24 word/write=0.12 —=-0.11
noun: %=0.06 ''=-0.15 )=-0.20 ?=-0.21 NAME/beside=-0.10 NAME/by=0.10 NAME/clause=-0.23 NAME/headline=0.08
  NAME/noun-of=-0.11 NAME/object=-0.14 NAME/passive=0.05 all=-0.14 appears=0.12 back=0.26 bill=0.14 campaign=-0.30
  comments=-0.05 convention=-0.13 deal=-0.07 decision=0.19 delegates=-0.24 her=0.22 him=-0.05 himself=0.25
  interest=-0.11 issue=0.13 issues=-0.15 it=-0.08 made=-0.14 members=-0.09 more=0.16 much=-0.10 need=0.19 nominee=0.05
  none=-0.29 out=0.57 percent=-0.24 plan=0.11 plans=0.07 policies=-0.14 questions=0.19 role=0.24 secretary=0.11
  some=0.10 such=-0.08 support=0.07 supporters=-0.06 them=-0.06 up=-0.06 vote=-0.07 voters=-0.14 way=-0.18 week=-0.32
  ”=0.10
opens: according=0.23 clause=-0.24 object=-0.18
paragraph: clause=0.13 headline=0.34 object=0.36
preposition: about=0.15 against=0.20 as=-0.15 at=-0.33 for=0.16 from=-0.16 in=-0.45 of=0.13 over=-0.06 with=-0.15
quoted: all=0.28 all/beside=0.21 all/quotation=0.14 none=-0.19 none/according=0.21 none/by=0.14 none/clause=-0.10
  none/headline=-0.49 none/infinitive=-0.09 none/relative=-0.10 none/that=0.10 some=-0.10 some/according=0.09
  some/beside=-0.22 some/headline=0.34 some/noun-of=-0.11 some/object=0.05 some/quotation=-0.21 some/unlisted=0.15
rest: 0=0.14 0/according=0.06 0/beside=0.28 0/end=0.14 0/headline=-0.12 0/object=-0.06 0/passive=0.06
  0/quotation=-0.07 1=0.17 1/.=0.09 1/;=0.15 1/according=0.12 1/clause=-0.17 1/noun-of=0.17 1/object=-0.10
  1/passive=-0.15 1/quotation=0.08 1/seeming=0.18 1/word=0.15 14=-0.06 14/,=0.06 14/.=0.11 14/according=-0.06
  14/and=0.14 14/beside=-0.19 14/by=0.07 14/clause=0.06 14/noun-of=-0.18 14/relative=0.16 14/verb=0.08 14/word=-0.06
  2/object=0.08 24=-0.24 24/beside=-0.57 24/by=0.08 24/noun-of=0.19 24/object=0.12 24/passive=-0.08 24/relative=-0.13
  24/verb=-0.21 24/word=-0.17 3=0.25 3/beside=0.73 3/object=-0.14 3/relative=-0.10 3/verb=0.06 3/word=0.29 40=-0.36
  40/,=0.19 40/beside=-0.41 40/object=0.26 40/word=-0.39 5=0.06 5/,=-0.17 5/beside=0.43 5/but=0.13 5/clause=-0.19
  5/noun-of=-0.12 5/object=-0.16 5/relative=0.10 5/verb=0.06 5/word=0.26 8/,=-0.08 8/.=-0.05 8/according=0.18
  8/and=0.18 8/because=0.10 8/beside=-0.22 8/but=-0.16 8/by=-0.08 8/clause=0.32 8/noun-of=-0.13 8/object=-0.17
  8/passive=0.10 8/quotation=0.07 8/relative=-0.07 8/verb=0.25 8/when=-0.11
rule: according=0.34 by=0.08 clause=-0.09 headline=-0.15 infinitive=-0.10 noun=0.05 noun-of=-0.15 preposition=-0.07
  quotation=-0.07 relative=-0.10 seeming=-0.06 unlisted=0.12
size: 1=-0.51 1/,=-0.30 1/.=-0.12 1/by=-0.19 1/verb=-0.21 1/word=-0.20 14=0.31 14/,=0.36 14/.=0.27 14/according=0.14
  14/adjective=-0.07 14/and=0.22 14/beside=0.25 14/clause=-0.07 14/end=0.18 14/noun=-0.15 14/object=-0.15
  14/passive=0.09 14/quotation=0.08 14/seeming=0.13 14/unlisted=0.12 14/verb=0.06 14/word=-0.20 2=-0.21 2/,=-0.21
  2/.=-0.15 2/by=0.11 2/clause=-0.11 2/noun-of=-0.06 2/relative=-0.07 2/verb=0.11 2/word=-0.26 24=0.38 24/.=0.11
  24/according=0.17 24/beside=0.33 24/clause=-0.14 24/headline=0.34 24/noun=0.08 24/passive=-0.08 24/quotation=-0.11
  24/seeming=0.12 24/unlisted=-0.11 24/verb=0.15 24/word=0.24 3=-0.34 3/clause=0.26 3/end=-0.11 3/headline=-0.24
  3/word=0.08 40=0.13 40/.=-0.27 40/beside=0.32 40/clause=-0.16 40/end=0.12 40/object=0.08 40/passive=0.06
  40/quotation=0.26 40/seeming=-0.20 40/verb=0.09 40/word=0.32 5/,=0.10 5/adjective=-0.26 5/beside=-0.07 5/but=0.27
  5/clause=0.15 5/end=-0.15 5/noun=0.34 5/noun-of=-0.09 5/object=-0.07 5/passive=0.08 5/quotation=-0.29
  5/relative=0.13 5/seeming=-0.07 8=0.21 8/,=0.12 8/.=0.26 8/;=0.07 8/according=0.15 8/adjective=0.12 8/beside=-0.29
  8/colon=0.23 8/end=0.19 8/headline=0.07 8/noun=-0.18 8/object=-0.06 8/passive=-0.07 8/verb=-0.09 8/word=0.11
speaker: common=-0.30 common/according=0.18 common/adjective=-0.15 common/beside=-0.06 common/by=0.17
  common/clause=-0.24 common/colon=-0.08 common/headline=0.11 common/object=-0.22 common/quotation=0.08
  common/relative=-0.20 common/unlisted=-0.07 document=0.19 document/according=-0.14 document/beside=0.08
  document/clause=0.08 document/object=0.22 he/beside=0.32 he/clause=-0.16 he/object=-0.06 he/relative=-0.06 i=0.42
  i/clause=0.41 institution=0.20 institution/according=0.21 institution/beside=-0.18 institution/clause=0.06 it=-0.22
  it/beside=0.09 it/clause=-0.09 it/unlisted=0.10 name/according=-0.10 name/adjective=0.24 name/clause=0.05
  name/headline=-0.20 name/noun=-0.15 name/object=0.21 name/quotation=0.16 name/relative=-0.08 none=-0.44
  none/clause=-0.25 none/noun=-0.15 none/object=-0.07 none/seeming=-0.06 people=0.30 people/clause=0.20
  people/object=-0.09 plural/beside=-0.13 plural/clause=0.13 plural/noun=0.20 plural/noun-of=-0.08 plural/object=-0.08
  plural/quotation=-0.06 plural/relative=-0.10 role=0.22 role/beside=0.12 role/clause=0.23 role/object=-0.19
  they/clause=-0.31 they/object=0.28 which=-0.19 which/clause=-0.12 which/object=0.07 who=-0.17 who/clause=-0.12
  who/object=-0.29
starts: a=0.06 a/clause=0.07 a/noun-of=0.10 a/passive=0.10 a/relative=0.08 an=0.05 an/clause=0.06 an/object=0.23
  an/preposition=-0.20 as=-0.12 capital=0.06 capital/according=0.20 capital/adjective=0.12 capital/beside=-0.16
  capital/clause=0.22 capital/object=-0.20 capital/passive=0.10 capital/preposition=-0.17 capital/relative=-0.11
  capital/seeming=-0.13 determiner=-0.06 determiner/beside=0.16 determiner/clause=-0.13 determiner/object=-0.18
  determiner/preposition=-0.13 her=0.16 her/object=0.09 her/preposition=0.18 him=0.11 him/object=0.37
  him/preposition=-0.09 himself/object=0.15 his/clause=-0.08 his/noun-of=0.10 his/object=-0.15 his/preposition=0.30
  ing/clause=0.19 ing/noun-of=-0.15 ing/object=-0.22 ing/preposition=0.10 it/clause=-0.15 ly=-0.39 mark=-0.12
  number=-0.06 number/object=0.07 number/preposition=-0.20 other=-0.27 other/noun-of=-0.10 other/object=-0.18
  other/passive=0.06 other/preposition=0.23 other/relative=-0.30 other/seeming=0.07 preposition=-0.23
  preposition/according=0.09 preposition/clause=-0.25 preposition/passive=0.05 pronoun=0.13 pronoun/beside=-0.19
  pronoun/clause=0.05 pronoun/passive=0.17 pronoun/seeming=0.12 quotation=0.09 quotation/beside=0.28
  quotation/quotation=-0.07 that=0.15 that/adjective=-0.09 that/noun=0.05 that/passive=-0.15 that/that=0.42
  that/unlisted=0.12 the=0.08 the/according=0.12 the/beside=-0.10 the/by=0.09 the/clause=0.17 the/noun-of=-0.10
  the/object=-0.25 the/passive=-0.09 the/seeming=0.13 them=-0.15 them/object=-0.07 to=0.07 to/infinitive=-0.13
  to/noun-of=0.10 wh=0.25 wh/object=0.21 wh/passive=-0.18 wh/preposition=0.31 wh/relative=0.24 wh/that=-0.33
tense: base=-0.23 base/clause=-0.07 base/noun=0.23 base/noun-of=-0.15 base/object=0.08 base/passive=-0.05
  base/quotation=-0.20 ing/clause=0.08 ing/object=-0.08 ing/quotation=-0.09 participle=0.20 participle/object=0.10
  participle/passive=0.21 past=0.25 past/beside=0.09 past/by=0.09 past/clause=-0.08 past/object=-0.16
  past/passive=-0.11 past/quotation=0.24 s=-0.15 s/noun-of=0.20 s/object=-0.09 s/relative=-0.11
trait: bare=-0.18 bare/infinitive=0.06 bare/relative=-0.15 comma/clause=0.12 comma/infinitive=0.18 comma/object=-0.28
  comma/preposition=-0.20 comma/quotation=0.22 comma/that=0.09 infinitive=-0.24 infinitive/clause=0.09
  infinitive/passive=-0.12 infinitive/preposition=0.14 infinitive/quotation=-0.06 infinitive/that=-0.33 ing=-0.18
  ing/clause=-0.11 ing/object=-0.20 ing/that=0.16 link-about=0.31 link-about/noun-of=0.31 link-by=-0.11
  link-by/noun-of=-0.11 link-for=0.07 link-for/noun-of=0.07 link-from=-0.22 link-from/noun-of=-0.22 link-on=0.12
  link-on/noun-of=0.12 link-that=0.05 link-that/noun=0.05 link-to=-0.12 link-to/noun-of=-0.12 link-with=-0.22
  link-with/noun-of=-0.22 modal=-0.24 modal/clause=-0.16 modal/infinitive=0.13 modal/object=-0.09 modal/passive=0.09
  modal/preposition=-0.17 negated=0.11 negated/clause=0.15 negated/infinitive=0.10 negated/object=-0.05
  negated/passive=-0.15 negated/preposition=0.14 negated/that=-0.14 progressive=0.11 progressive/clause=-0.06
  progressive/preposition=0.12 progressive/that=0.09
verbs: 0/adjective=-0.17 0/beside=-0.20 0/headline=-0.21 0/noun=0.09 0/noun-of=0.16 0/object=0.12 0/passive=-0.14
  0/quotation=0.21 0/relative=-0.09 1/according=0.20 1/adjective=0.06 1/beside=0.09 1/noun=0.13 1/noun-of=-0.06
  1/object=-0.19 1/passive=0.31 1/quotation=-0.13 1/seeming=-0.12 1/unlisted=0.17 2/according=0.12 2/beside=0.09
  2/noun-of=-0.19 2/object=0.08 2/passive=-0.05 2/unlisted=0.07 3/clause=-0.11 3/headline=0.11 3/noun=-0.19
  3/noun-of=-0.06 3/object=-0.16 3/passive=-0.07
where: according=-0.72 according/clause=-0.37 according/object=-0.13 beside=0.10 beside/noun-of=-0.08 clause=-0.11
  clause/clause=-0.14 clause/noun-of=0.07 clause/object=-0.29 clause/passive=0.14 clause/quotation=-0.30
  clause/relative=-0.07 clause/unlisted=0.33 free=1.30 free/according=0.18 free/adjective=0.14 free/by=0.23
  free/clause=0.42 free/colon=0.18 free/headline=-0.26 free/noun=0.11 free/object=0.36 free/quotation=0.19
  free/relative=-0.17 free/unlisted=-0.17 quotation=-0.10 that=-0.49 that/adjective=-0.09 that/noun-of=-0.10
  that/object=-0.13 that/passive=-0.12 that/relative=0.15 that/seeming=-0.09
word: a=0.06 about=0.14 all=-0.15 an=0.05 any=0.13 as=-0.12 at=0.15 but=-0.07 by=-0.19 clinton=0.32 clinton's=0.40
  democratic=-0.06 for=0.20 from=-0.19 he=-0.08 her=0.16 hillary=0.15 him=0.11 his=0.20 how=0.15 if=0.09 in=0.10
  it's=-0.09 its=-0.15 itself=-0.06 many=-0.23 more=-0.06 mr.=0.42 mrs.=0.11 much=-0.20 muslims=-0.09 no=0.20
  obama=-0.06 obama's=0.28 of=-0.05 off=-0.09 one=-0.16 or=-0.16 out=0.59 people=-0.19 president=0.08
  republicans=-0.14 sanders=-0.10 she=0.18 than=-0.10 that=0.15 the=0.08 their=-0.07 them=-0.15 themselves=0.12
  they=0.11 this=-0.08 those=0.14 to=0.07 trump=0.14 trump's=0.29 tweet-id=-0.28 up=-0.13 voters=0.08 was=-0.25
  what=0.42 when=-0.33 which=-0.22 who=0.13 with=-0.18 women=-0.10
"""
)

#: Evidence of where a content ends.
ENDS = _read(
    r"""
and: verb=0.07
comma: a=0.72 and=0.38 as=-0.15 but=0.48 capital=-0.26 determiner=-0.10 including=-0.86 ing=0.64 ly=-0.54 number=0.26
  other=-0.59 pronoun=-0.14 quotation=-0.58 saying=0.69 the=-0.15 which=-0.14 while=-0.18 who=0.47 with=-0.21
commas: 1=-0.38 2=0.31
holds: cue=-0.80
next: ,=0.11 ,/a=-0.59 ,/call=-0.38 ,/capital=0.26 ,/clause=0.22 ,/criticize=-0.19 ,/deny=-0.39 ,/discuss=0.10
  ,/endorse=-0.07 ,/fear=-0.19 ,/find=-0.28 ,/her=0.17 ,/hint=0.24 ,/his=-0.10 ,/hope=-0.18 ,/ing=-0.40 ,/it=-0.17
  ,/mention=0.12 ,/other=-0.32 ,/point=-0.78 ,/preposition=0.05 ,/pronoun=0.41 ,/respond=-0.14 ,/say=-0.18 ,/show=0.20
  ,/speak=-0.34 ,/support=0.17 ,/tell=0.20 ,/that=-0.27 ,/the=0.17 ,/to=0.24 ,/urge=0.16 ,/want=0.19 ,/write=0.11
  .=0.27 ./a=-0.06 ./accuse=0.28 ./agree=-0.10 ./an=-0.23 ./call=-0.29 ./clause=0.21 ./conclude=0.33 ./contend=0.07
  ./criticize=-0.33 ./deny=0.13 ./determiner=0.21 ./discuss=-0.59 ./endorse=-0.44 ./fear=0.36 ./find=0.32
  ./hammer=-0.25 ./her=0.07 ./hint=0.25 ./his=-0.18 ./hope=0.07 ./ing=0.34 ./it=0.06 ./know=0.17 ./mention=0.35
  ./object=0.08 ./other=0.13 ./point=0.66 ./praise=0.13 ./preposition=0.11 ./prohibit=-0.20 ./pronoun=-0.12
  ./quotation=-0.10 ./respond=0.17 ./say=0.40 ./see=0.35 ./seek=0.12 ./show=0.34 ./speak=-0.18 ./support=-0.28
  ./tell=0.42 ./that=0.32 ./want=-0.23 ./wh=0.52 ./write=-0.09 ;=0.72 ;/clause=0.35 and=0.33 and/capital=0.56
  and/clause=0.22 and/object=-0.06 and/other=0.15 and/pronoun=-0.31 and/say=-0.17 and/the=-0.14 because=-0.34
  because/clause=-0.50 because/object=0.27 because/pronoun=-0.30 because/say=-0.29 but=0.19 but/object=0.19
  but/say=-0.20 but/that=-0.21 during=-0.20 during/clause=-0.30 during/object=0.10 during/say=0.09 end=0.17 end/a=0.12
  end/call=-0.09 end/capital=0.07 end/clause=0.12 end/deny=-0.15 end/endorse=0.18 end/object=-0.12 end/other=0.11
  end/pronoun=0.11 end/say=0.69 end/that=0.22 end/the=-0.17 end/to=0.15 if=-0.78 if/clause=-0.21 if/object=-0.52
  if/say=-0.15 if/that=-0.27 when=-0.41 when/capital=-0.27 when/clause=-0.13 when/object=-0.45 when/say=-0.17
  when/that=0.16 while=-0.19 word=0.18 word/clause=-0.23 word/object=0.23 word/quotation=0.40 word/say=-0.15
quoted: all=-0.07 all/quotation=-0.13 none=0.14 none/clause=-0.15 none/infinitive=0.13 none/object=0.14
  none/preposition=0.22 none/that=-0.20 some=-0.07 some/clause=0.15 some/infinitive=-0.13 some/object=-0.14
  some/preposition=-0.28 some/quotation=0.13 some/that=0.20
rest: 0=0.17 0/clause=0.12 0/end=0.17 0/object=-0.12 1=0.10 1/object=0.13 1/word=0.13 14=0.13 14/,=0.15 14/.=0.25
  14/and=0.66 14/because=-0.37 14/but=0.09 14/clause=0.22 14/if=-0.20 14/object=-0.24 14/quotation=0.15 14/when=-0.11
  14/word=0.08 2/object=-0.06 24=-0.17 24/,=0.22 24/because=-0.17 24/clause=0.11 24/object=-0.26 3=-0.22 3/,=0.12
  3/clause=-0.22 3/object=0.24 3/word=-0.20 40=-0.24 40/,=-0.18 40/clause=-0.18 40/object=-0.05 5/,=-0.21 5/and=-0.10
  5/because=-0.06 5/but=0.13 5/clause=-0.09 5/object=0.14 8=0.19 8/and=0.06 8/because=0.21 8/but=0.21 8/during=-0.06
  8/object=0.22 8/quotation=-0.06 8/when=-0.17
size: 1/,=-0.21 1/clause=-0.36 1/if=-0.21 1/object=0.37 14=0.07 14/,=0.35 14/.=0.08 14/and=-0.18 14/clause=0.21
  14/object=-0.09 2/,=-0.18 2/clause=0.19 2/object=-0.15 24=0.22 24/,=-0.31 24/clause=0.48 24/end=0.14 24/object=-0.22
  3=-0.27 3/,=0.07 3/and=0.32 3/clause=0.20 3/quotation=-0.52 3/when=-0.23 40=-0.11 40/clause=-0.33 40/end=-0.17
  40/object=0.26 5/,=0.32 5/but=-0.17 5/clause=-0.34 5/quotation=0.35 5/when=0.05 5/word=0.16 8/,=0.09 8/.=0.08
  8/and=-0.29 8/because=-0.33 8/but=0.31 8/end=0.17 8/object=-0.23 8/quotation=0.30 8/when=-0.07 8/word=-0.07
verbs: 0/object=0.91 1/clause=0.25 1/object=0.10 1/quotation=-0.17 2/clause=-0.09 2/object=-0.36 3/clause=-0.21
  3/object=-0.65
"""
)
