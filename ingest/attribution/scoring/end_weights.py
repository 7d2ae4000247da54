"""How much each piece of evidence counts for the end of a content (see ``ends``), as in ``weights``."""

from __future__ import annotations

from ingest.attribution.scoring.weights import read_table

#: Evidence of where a content ends.
ENDS = read_table(
    r"""
after: (/capital=-0.19 (/capital/object=-0.22 ,/a=0.29 ,/a/object=0.25 ,/as=-0.10 ,/as/object=0.05 ,/capital=-0.24
  ,/capital/clause=0.14 ,/capital/object=-0.32 ,/ing=0.69 ,/ing/clause=0.54 ,/ing/object=0.64 ,/ly=-0.26
  ,/ly/clause=-0.13 ,/other=-0.11 ,/other/clause=-0.35 ,/other/object=0.09 ,/other/unlisted=0.11 ,/preposition=-0.21
  ,/preposition/object=-0.23 ,/pronoun=0.16 ,/pronoun/clause=0.06 ,/quotation=-0.39 ,/quotation/clause=-0.15
  ,/the=0.15 ,/the/clause=-0.07 ,/the/object=-0.09 ,/to=-0.19 ,/wh=0.31 ,/wh/clause=0.30 ,/wh/object=-0.16
  --/other=0.23 -/other=0.11 -/other/clause=-0.07 ./capital=-0.07 ./mark=-0.24 ./none=1.25 ./none/clause=0.60
  ./none/noun-of=0.05 ./none/object=0.46 ./none/passive=0.06 :/quotation=-0.22 :/quotation/clause=0.05 ;/none=0.22
  ?/none=0.54 about/capital=-0.24 about/capital/clause=-0.07 about/her=-0.11 about/his=-0.06 about/ing=-0.09
  about/other=-0.06 about/other/clause=-0.08 about/the=-0.17 about/the/clause=-0.06 about/wh=-0.15
  about/wh/clause=-0.05 after/capital=-0.06 against/capital=-0.14 against/other=-0.10 against/the=-0.10 and/a=-0.07
  and/capital=-0.45 and/capital/clause=-0.18 and/capital/object=-0.20 and/determiner=-0.14 and/determiner/clause=-0.08
  and/his/clause=-0.11 and/ing=0.67 and/ing/clause=0.45 and/ing/object=0.16 and/other=0.21 and/other/clause=0.35
  and/other/object=0.07 and/other/passive=0.10 and/preposition/clause=-0.06 and/quotation=-0.34
  and/quotation/clause=-0.22 and/the=-0.28 and/the/clause=-0.13 and/the/object=-0.09 as/a=-0.28 as/a/clause=-0.08
  as/a/object=-0.15 as/an/object=-0.12 as/capital=0.22 as/capital/object=0.14 as/other=-0.12 as/pronoun=0.20
  as/pronoun/object=0.12 as/quotation=-0.19 as/quotation/object=-0.10 as/the/object=-0.11 at/a=0.29 at/a/object=0.30
  at/capital=-0.12 at/other/clause=0.07 at/the=-0.27 at/the/clause=-0.09 because/preposition/clause=-0.09
  because/pronoun/clause=-0.19 before/the=-0.24 between/capital=-0.14 but/other=0.13 but/other/clause=-0.06
  but/other/object=0.20 by/capital/clause=0.07 by/capital/object=-0.15 by/ing=0.15 by/ing/object=0.18 by/number=-0.07
  by/other=-0.26 by/other/clause=-0.07 by/the=-0.14 by/the/clause=-0.07 during/the=-0.17 during/the/clause=-0.11
  for/a=-0.12 for/a/object=-0.06 for/capital=-0.25 for/capital/clause=-0.05 for/capital/object=-0.11
  for/determiner=-0.09 for/his=0.31 for/his/object=0.21 for/ing=-0.21 for/ing/object=-0.17 for/other=-0.12
  for/other/clause=-0.07 for/the=-0.22 for/the/clause=-0.06 for/the/object=-0.10 from/a=-0.07 from/capital=-0.17
  from/capital/object=-0.11 from/ing/object=0.10 from/other=-0.06 from/the/clause=-0.05 if/pronoun=-0.20 in/a=0.23
  in/a/object=0.26 in/capital=-0.58 in/capital/clause=-0.11 in/capital/object=-0.30 in/determiner=0.27 in/his=0.11
  in/his/clause=0.07 in/his/object=0.12 in/ing=-0.15 in/ing/clause=0.12 in/ing/object=-0.22 in/number=-0.23
  in/number/clause=-0.06 in/number/object=-0.16 in/other=-0.35 in/other/object=-0.32 in/the=-0.12 in/the/object=-0.24
  into/a=-0.11 into/the=-0.17 like/capital=-0.12 of/a=-0.07 of/capital=-0.26 of/capital/clause=-0.07
  of/capital/object=-0.11 of/determiner=-0.06 of/his=-0.10 of/ing=-0.12 of/ing/clause=-0.05 of/other=-0.16
  of/other/clause=-0.11 of/the=-0.11 of/the/clause=0.09 of/the/object=-0.10 on/a=-0.14 on/a/clause=-0.05
  on/capital=0.36 on/capital/clause=-0.12 on/capital/object=0.29 on/determiner=0.17 on/his=0.23 on/his/clause=0.21
  on/other=-0.22 on/other/clause=-0.09 on/other/object=-0.20 on/the=-0.26 on/the/clause=-0.14 or/capital=-0.10
  or/other=-0.21 or/other/clause=-0.08 over/other=-0.12 over/the=-0.20 over/the/clause=-0.10 than/capital=-0.13
  than/determiner=-0.09 than/other/clause=0.12 than/the=-0.08 that/capital/clause=-0.07 that/determiner=-0.08
  that/it=-0.06 that/other=-0.32 that/pronoun=-0.07 that/pronoun/clause=-0.07 that/pronoun/object=0.09
  that/quotation=-0.06 that/the/clause=0.13 through/the=-0.07 through/the/clause=-0.07 to/a=-0.09 to/a/object=-0.06
  to/capital/clause=0.05 to/determiner=-0.06 to/ing=0.25 to/ing/clause=0.14 to/ly=-0.08 to/number=-0.09 to/other=-0.55
  to/other/clause=-0.41 to/other/noun=-0.05 to/other/noun-of=-0.09 to/other/object=-0.13 to/other/passive=0.14
  to/other/seeming=0.09 to/other/unlisted=-0.06 to/quotation=-0.10 to/quotation/object=-0.05 to/the/clause=0.07
  to/the/object=0.10 when/pronoun=0.20 when/pronoun/clause=-0.11 who/other=-0.40 who/other/clause=-0.14
  who/other/object=-0.12 with/a=-0.19 with/capital=-0.30 with/capital/clause=-0.07 with/capital/object=-0.16
  with/determiner=-0.08 with/his=-0.14 with/other/clause=-0.08 with/other/object=0.12 with/the=-0.13
  with/the/object=-0.11
around: (/capital/capital=-0.32 ,/capital/capital=-0.43 ,/capital/ing=0.42 ,/capital/other=0.21
  ,/capital/preposition=-0.23 ,/capital/the=-0.08 ,/capital/wh=0.11 ,/number/other=-0.15 ,/other/a=0.23
  ,/other/as=0.10 ,/other/capital=0.30 ,/other/determiner=0.11 ,/other/ing=0.06 ,/other/ly=-0.48 ,/other/other=0.13
  ,/other/preposition=-0.07 ,/other/pronoun=-0.17 ,/other/quotation=-0.19 ,/other/the=0.11 ,/other/to=-0.15
  ./capital/mark=-0.33 ./capital/none=0.43 ./ing/none=0.06 ./number/none=0.06 ./other/none=0.58 :/other/quotation=0.11
  ?/other/none=0.28 about/other/capital=-0.11 about/other/the=-0.13 about/other/wh=-0.09 after/other/the=-0.14
  against/other/capital=-0.13 against/other/the=-0.09 and/capital/capital=-0.54 and/capital/other=0.46
  and/capital/the=-0.11 and/other/a=0.10 and/other/capital=0.17 and/other/determiner=-0.09 and/other/his=0.10
  and/other/ing=0.32 and/other/other=-0.24 and/other/preposition=0.07 and/other/that=-0.08 and/other/the=-0.11
  and/quotation/other=0.18 and/quotation/quotation=-0.27 as/capital/a=-0.07 as/capital/other=-0.07
  as/capital/quotation=-0.06 as/capital/the=-0.09 as/other/a=-0.07 as/other/capital=0.23 as/other/pronoun=0.24
  as/other/quotation=-0.09 as/other/the=0.20 at/other/a=-0.14 at/other/capital=-0.10 at/other/determiner=0.09
  at/other/the=-0.15 because/other/preposition=-0.10 because/other/pronoun=-0.06 between/other/capital=-0.11
  by/other/capital=0.09 by/other/ing=-0.06 by/other/other=-0.20 by/other/the=-0.12 during/other/the=-0.05
  for/capital/ing=-0.07 for/capital/other=0.11 for/other/a=-0.10 for/other/capital=-0.14 for/other/determiner=-0.09
  for/other/his=0.43 for/other/ing=-0.10 for/other/other=-0.19 for/other/the=-0.15 from/other/capital=-0.14
  from/other/other=-0.15 in/capital/capital=-0.21 in/capital/the=0.14 in/ing/capital=-0.06 in/other/a=0.32
  in/other/capital=-0.41 in/other/determiner=0.13 in/other/his=0.08 in/other/ing=-0.24 in/other/number=-0.13
  in/other/other=-0.24 into/other/a=-0.08 into/other/the=-0.09 like/other/capital=-0.11 of/capital/capital=-0.06
  of/determiner/the=-0.07 of/other/a=-0.06 of/other/capital=-0.11 of/other/his=-0.06 of/other/ing=-0.07
  of/other/other=-0.13 on/capital/capital=0.28 on/other/a=-0.12 on/other/capital=0.21 on/other/determiner=-0.14
  on/other/other=-0.10 on/other/the=-0.25 or/other/other=-0.07 over/other/other=-0.09 over/other/the=-0.13
  than/other/determiner=-0.08 that/other/capital=-0.10 that/other/other=-0.19 through/other/the=-0.05
  to/capital/capital=-0.06 to/capital/other=-0.07 to/ing/other=-0.11 to/ly/other=-0.05 to/other/ing=0.07
  to/other/ly=-0.07 to/other/number=-0.07 to/other/other=-0.13 to/other/the=-0.25 to/quotation/other=-0.07
  who/determiner/other=-0.06 who/other/other=-0.25 with/other/capital=-0.18 with/other/determiner=-0.08
  with/other/his=-0.09 with/other/other=0.15 with/other/the=-0.08
before: (/capital=-0.20 (/other=0.28 )/capital=-0.11 )/other=0.29 ,/capital=0.20 ,/determiner=-0.06 ,/ly=-0.16
  ,/other=0.13 -/other=0.12 ./capital=-0.06 ./ing=0.06 ./number=0.06 ./other=0.83 :/capital=0.07 :/other=0.40
  ;/other=0.50 ?/other=0.28 about/ing=0.08 about/other=-0.26 after/capital=0.06 against/other=-0.36 among/other=-0.27
  and/capital=0.13 and/other=0.05 and/quotation=0.19 as/capital=-0.44 as/him=-0.10 as/other=0.27 at/capital=0.37
  at/other=-0.54 because/other=-0.09 before/other=-0.10 between/other=-0.33 but/other=-0.08 but/quotation=0.47
  by/capital=0.16 by/other=-0.52 during/capital=0.07 during/other=-0.16 earlier/other=-0.26 for/capital=-0.16
  for/ing=0.09 for/other=-0.45 for/quotation=-0.09 from/other=-0.41 how/other=-0.25 if/other=-0.10 in/capital=0.15
  in/other=-0.58 in/quotation=-0.24 into/other=-0.29 like/other=-0.25 of/capital=-0.12 of/determiner=-0.15
  of/other=-0.56 of/quotation=-0.08 on/capital=0.14 on/ing=-0.12 on/other=-0.67 or/capital=-0.20 or/other=-0.26
  over/capital=-0.13 over/other=-0.33 since/other=-0.26 than/other=-0.38 that/capital=-0.12 that/ing=0.07
  that/other=-0.43 that/quotation=-0.12 through/other=-0.22 to/capital=-0.06 to/ing=-0.20 to/ly=-0.07 to/other=-0.55
  under/other=-0.14 what/other=-0.29 when/other=-0.21 whether/other=-0.20 who/capital=-0.05 who/determiner=-0.06
  who/other=-0.32 who/quotation=-0.10 with/capital=-0.18 with/ing=-0.13 with/quotation=-0.12 —/capital=-0.16
  —/other=0.29
border: (=0.05 (/clause/that=0.15 )=0.36 )/clause=0.33 ,=0.12 ,/clause=0.18 ,/clause/clause=0.16
  ,/object/infinitive=0.17 ,/object/object=0.07 ,/object/preposition=-0.26 -=0.63 --=0.56 --/clause=0.13 -/clause=0.17
  -/clause/clause=0.15 -/object=0.11 -/object/object=0.47 .=1.01 ./clause=0.51 ./clause/clause=0.31 ./clause/that=0.21
  ./noun-of=0.05 ./noun-of/noun-of=0.05 ./object=0.29 ./object/infinitive=0.06 ./object/preposition=0.24
  ./passive=0.06 ./passive/passive=0.06 :=0.13 :/clause/clause=-0.06 :/object=-0.06 :/object/object=-0.44 ;=0.59
  ;/clause=0.28 ;/clause/clause=0.37 ;/object=0.31 ;/object/object=0.26 ?=0.54 about=-0.49 about/clause=-0.09
  about/clause/clause=0.06 about/clause/that=-0.15 about/object=-0.23 about/object/object=-0.07
  about/object/preposition=-0.10 across=-0.26 after=0.15 after/clause=-0.26 after/clause/clause=-0.17
  after/object=0.12 after/object/object=0.16 against=-0.49 against/clause=-0.15 against/clause/clause=-0.07
  against/clause/that=-0.08 against/object=-0.22 against/object/object=-0.15 among=-0.34 among/clause=-0.10 and=-0.24
  and/clause=0.20 and/clause/clause=0.40 and/clause/that=-0.20 and/noun-of=-0.16 and/noun-of/noun-of=-0.16
  and/object/infinitive=-0.18 and/object/preposition=0.16 around=-0.34 as=-0.32 as/clause=-0.19 as/clause/clause=-0.10
  as/clause/that=-0.09 as/object=-0.23 as/object/infinitive=-0.06 as/object/object=-0.06 as/object/preposition=-0.12
  at=-0.43 at/clause=-0.11 at/clause/that=-0.14 at/object=-0.08 at/object/object=-0.11 because/clause=-0.19
  because/clause/clause=-0.16 before/clause=-0.06 before/object=0.17 between=-0.36 between/clause=-0.10
  between/object=-0.18 but=0.40 but/clause=0.14 but/clause/clause=0.17 but/object=0.10 but/object/object=0.09 by=-0.48
  by/clause=-0.13 by/clause/that=-0.16 by/object=-0.16 by/object/object=-0.13 during/clause=-0.13
  during/clause/clause=-0.06 during/object=0.30 earlier=-0.30 for=-0.70 for/clause=-0.32 for/clause/clause=-0.20
  for/clause/that=-0.12 for/object=-0.15 for/object/infinitive=-0.08 for/passive=-0.08 for/passive/passive=-0.08
  friday=0.12 from=-0.56 from/clause=-0.22 from/clause/clause=-0.11 from/clause/that=-0.11 from/object=-0.14
  from/object/preposition=-0.09 from/seeming=-0.10 from/seeming/seeming=-0.10 how=-0.27 how/clause=-0.09 if=-0.40
  if/clause=-0.16 if/clause/clause=-0.07 if/clause/that=-0.08 if/object=-0.19 in=-0.53 in/clause=-0.18
  in/clause/that=-0.19 in/noun=-0.11 in/noun-of=0.12 in/noun-of/noun-of=0.12 in/noun/noun=-0.11 in/object=-0.10
  in/object/infinitive=-0.16 in/object/object=0.24 in/object/preposition=-0.18 in/passive=-0.13
  in/passive/passive=-0.13 in/seeming=-0.10 in/seeming/seeming=-0.10 into=-0.45 into/clause=-0.10
  into/clause/clause=-0.06 into/object=-0.20 into/object/object=-0.11 like=-0.37 like/clause=-0.13
  like/clause/that=-0.07 like/object=-0.08 now=-0.13 of=-1.01 of/clause=-0.23 of/clause/clause=-0.09
  of/clause/that=-0.14 of/noun-of=-0.10 of/noun-of/noun-of=-0.10 of/object=-0.33 of/object/object=-0.15
  of/object/preposition=-0.13 of/passive=-0.08 of/passive/passive=-0.08 of/seeming=-0.06 of/seeming/seeming=-0.06
  of/unlisted=-0.07 of/unlisted/unlisted=-0.07 on=-0.34 on/clause/clause=0.10 on/clause/that=-0.12 on/object=-0.09
  on/object/object=0.12 on/object/preposition=-0.23 on/passive=0.07 on/passive/passive=0.07 or=-0.39 or/clause=-0.07
  or/clause/that=-0.11 or/object/object=-0.16 over=-0.27 over/clause=0.05 over/object=-0.21
  over/object/preposition=-0.12 since/clause=-0.18 since/clause/that=-0.11 so=-0.06 so/clause=-0.13 than=-0.43
  than/clause=-0.09 than/clause/clause=-0.13 than/object=-0.08 than/object/object=-0.16 that=-0.67 that/clause=-0.17
  that/clause/that=-0.14 that/noun-of=-0.11 that/noun-of/noun-of=-0.11 that/object/infinitive=0.07
  that/object/object=0.06 that/object/preposition=-0.17 that/passive=-0.06 that/passive/passive=-0.06
  that/seeming=-0.10 that/seeming/seeming=-0.10 though=-0.07 through=-0.29 through/clause=-0.16
  through/clause/clause=-0.09 through/clause/that=-0.06 to=-0.69 to/clause=-0.12 to/clause/clause=-0.10 to/noun=-0.11
  to/noun-of=-0.20 to/noun-of/noun-of=-0.20 to/noun/noun=-0.11 to/object=-0.16 to/object/infinitive=0.05
  to/object/object=-0.17 to/unlisted=-0.09 to/unlisted/unlisted=-0.09 under=-0.25 under/clause=-0.13 what=-0.32
  when=-0.06 when/clause=-0.05 when/clause/clause=0.06 when/clause/that=-0.12 when/object/object=-0.21 whether=-0.20
  who=-0.54 who/clause=-0.17 who/clause/clause=-0.13 who/object=-0.15 who/object/object=-0.09 with=-0.63
  with/clause=-0.30 with/clause/clause=-0.16 with/clause/that=-0.13 with/object/infinitive=0.09
  with/object/object=0.11 with/object/preposition=-0.22 without=-0.27 —=0.36 —/clause=0.13 —/clause/clause=0.18
  —/clause/that=-0.06 —/object=0.12
joins: ,and/border=-0.20 ,and/border/object=-0.12 ,and/verb-far=0.38 ,and/verb-near=0.15 ,and/verb-near/clause=0.08
  ,and/verb-near/object=0.18 ,as/border=0.06 ,but/border/object=0.06 ,but/verb-far=0.10 ,but/verb-far/object=0.08
  ,but/verb-near=0.24 ,but/verb-near/clause=0.16 after/border/clause=-0.13 after/border/object=-0.12 and/border=-0.96
  and/border/clause=-0.14 and/border/noun-of=-0.19 and/border/object=-0.52 and/none=0.08 and/none/object=0.08
  and/quotation=-0.57 and/quotation/clause=-0.16 and/speech-past-near=1.11 and/speech-past-near/clause=0.67
  and/verb-far=-0.40 and/verb-far/clause=-0.40 and/verb-far/object=0.06 and/verb-near=0.34 and/verb-near/clause=0.11
  and/verb-near/object=0.14 as/border=-0.31 as/border/clause=-0.11 as/border/object=0.09 as/quotation=-0.29
  as/quotation/clause=-0.06 as/quotation/object=-0.19 as/verb-far=0.12 as/verb-near=0.30 as/verb-near/clause=0.08
  as/verb-near/object=0.08 because/border=-0.09 because/border/clause=-0.12 because/quotation=-0.17
  because/verb-far=0.18 because/verb-near=-0.07 because/verb-near/clause=-0.09 but/border=-0.05 but/verb-near=0.19
  but/verb-near/clause=-0.17 but/verb-near/object=0.32 or/border=-0.17 or/verb-near=-0.10 when/border=-0.12
  when/verb-far=-0.08 when/verb-near=-0.09 when/verb-near/clause=-0.21 when/verb-near/object=0.12 while/border=0.20
left: ,/14=0.20 ,/20=0.31 ,/30=0.07 ,/4=-0.43 ,/6=-0.28 ,/9=0.09 -/14=0.25 -/30=-0.13 -/9=0.44 ./0=1.25 ./2=0.18
  ./20=-0.13 ;/0=0.22 ?/0=0.54 about/14=0.15 about/20=-0.13 about/30=-0.16 about/4=-0.10 about/6=-0.10 about/9=-0.11
  after/20=-0.16 after/4=0.21 after/6=-0.23 against/14=-0.09 against/4=-0.07 against/6=-0.10 and/14=0.65 and/20=0.21
  and/3=-0.41 and/30=-0.11 and/4=-0.56 as/14=0.08 as/20=0.15 as/4=-0.41 as/6=-0.11 at/20=0.22 at/4=-0.25 at/6=-0.28
  at/9=-0.12 because/14=-0.17 because/6=0.09 because/9=0.08 before/9=0.15 but/14=0.19 but/9=0.21 by/14=0.07
  by/20=-0.14 by/3=-0.08 by/30=-0.09 by/4=-0.15 by/6=-0.17 by/9=0.07 during/4=0.16 during/9=-0.06 for/14=-0.22
  for/20=-0.06 for/30=-0.19 for/4=0.15 for/6=-0.23 for/9=-0.13 from/14=-0.18 from/30=-0.09 from/4=-0.06 from/6=-0.16
  in/20=0.07 in/3=-0.09 in/30=-0.06 in/4=-0.31 in/6=-0.08 into/14=-0.06 into/4=-0.17 of/20=-0.20 of/3=-0.08
  of/30=-0.14 of/4=-0.25 of/9=-0.24 on/14=0.08 on/20=0.17 on/30=-0.27 on/4=0.06 on/9=-0.32 or/14=-0.15 or/20=0.09
  or/4=-0.13 or/6=-0.16 or/9=0.08 over/4=0.07 over/6=-0.11 over/9=0.05 so/9=0.13 than/14=-0.13 than/20=-0.10
  than/4=-0.16 that/20=0.08 that/30=-0.17 that/4=-0.07 that/6=-0.24 that/9=-0.20 to/14=-0.14 to/20=-0.12 to/4=-0.11
  to/6=-0.13 to/9=-0.13 when/14=0.06 when/9=0.17 who/14=-0.11 who/20=-0.09 who/6=-0.07 who/9=-0.19 with/20=-0.12
  with/3=-0.10 with/30=-0.19 with/4=-0.08 with/9=-0.15 —/20=0.21 —/9=0.11
lemma: ,/accuse=-0.30 ,/agree=0.14 ,/announce=0.14 ,/argue=-0.07 ,/attack=-0.07 ,/call=0.11 ,/criticize=0.08
  ,/expect=0.29 ,/find=-0.11 ,/insist=-0.25 ,/order=-0.28 ,/point=-0.75 ,/report=-0.12 ,/say=-0.31 ,/see=-0.23
  ,/seek=-0.21 ,/speak=-0.47 ,/suggest=-0.09 ,/support=0.12 ,/talk=0.11 ,/tell=0.34 ,/want=0.21 ,/write=-0.12
  -/say=-0.45 ./discuss=-0.15 ./endorse=-0.13 ./note=-0.10 ./say=0.21 :/say=-0.33 about/say=-0.08 about/speak=0.09
  after/say=-0.15 against/say=-0.09 and/argue=-0.16 and/attack=0.31 and/cite=-0.26 and/criticize=-0.09 and/note=-0.12
  and/say=-0.44 and/see=-0.13 and/show=-0.16 and/support=0.18 and/tell=0.26 as/cite=0.07 as/describe=-0.19
  as/say=-0.18 as/see=-0.08 at/say=-0.20 because/say=-0.38 but/say=-0.15 for/call=-0.09 for/criticize=-0.08
  for/say=-0.15 from/say=-0.07 in/accuse=-0.07 in/call=0.17 in/cite=-0.10 in/find=-0.09 in/note=-0.09 in/report=-0.10
  in/say=-0.07 in/speak=-0.11 in/want=-0.10 like/say=-0.09 of/accuse=-0.06 of/call=-0.06 on/call=0.08 on/report=0.15
  on/say=-0.31 on/suggest=-0.05 or/say=-0.10 over/say=0.07 than/say=0.23 that/call=-0.06 that/point=-0.08
  that/say=-0.16 through/say=-0.10 to/announce=-0.05 to/call=-0.19 to/criticize=-0.07 to/expect=0.12 to/report=0.17
  to/say=-0.17 to/show=-0.08 to/urge=-0.07 when/say=-0.16 who/say=-0.05 with/say=-0.15 with/show=-0.12
mark: closed/and=-0.13 closed/and/clause=0.13 closed/and/object=-0.23 closed/for=-0.09 closed/in=-0.24
  closed/in/clause=-0.05 closed/of=-0.08 closed/that=-0.12 closed/to/clause=0.05 closed/who=-0.10 closed/with=-0.10
  plain/(=0.08 plain/)=0.16 plain/)/clause=0.21 plain/,=-0.07 plain/,/clause=-0.20 plain/,/object=0.19
  plain/,/passive=0.11 plain/,/unlisted=-0.05 plain/-=-0.09 plain/--=0.21 plain/-/clause=-0.25 plain/-/object=-0.13
  plain/.=0.73 plain/./clause=0.39 plain/./noun-of=0.05 plain/./object=0.17 plain/:=0.16 plain/:/object=-0.06
  plain/;=0.46 plain/;/clause=0.15 plain/;/object=0.31 plain/?=0.54 plain/about=-0.35 plain/about/object=-0.21
  plain/across=-0.26 plain/after/clause=-0.24 plain/after/object=0.05 plain/against=-0.39 plain/against/clause=-0.09
  plain/against/object=-0.18 plain/among=-0.32 plain/and=-0.51 plain/and/clause=-0.16 plain/and/noun-of=-0.12
  plain/and/object=0.05 plain/around=-0.34 plain/as=-0.17 plain/as/clause=-0.13 plain/as/object=-0.16 plain/at=-0.38
  plain/at/clause=-0.05 plain/at/object=-0.08 plain/because=0.12 plain/because/clause=-0.09 plain/before=-0.06
  plain/before/object=0.17 plain/between=-0.28 plain/between/object=-0.18 plain/but/clause=-0.15 plain/but/object=0.09
  plain/by=-0.38 plain/by/clause=-0.05 plain/by/object=-0.13 plain/during/clause=-0.06 plain/during/object=0.20
  plain/earlier=-0.28 plain/for=-0.49 plain/for/clause=-0.26 plain/for/object=-0.08 plain/for/passive=-0.06
  plain/from=-0.50 plain/from/clause=-0.20 plain/from/object=-0.09 plain/from/seeming=-0.10 plain/how=-0.27
  plain/how/clause=-0.09 plain/if=-0.20 plain/if/clause=-0.11 plain/if/object=-0.19 plain/in=-0.21
  plain/in/clause=-0.08 plain/in/noun-of=0.12 plain/in/passive=-0.12 plain/in/seeming=-0.10 plain/into=-0.40
  plain/into/clause=-0.10 plain/into/object=-0.19 plain/like=-0.25 plain/like/clause=-0.10 plain/like/object=-0.06
  plain/now=-0.11 plain/of=-0.79 plain/of/clause=-0.15 plain/of/noun-of=-0.09 plain/of/object=-0.29
  plain/of/passive=-0.08 plain/of/unlisted=-0.06 plain/on=-0.33 plain/on/clause=-0.15 plain/on/passive=0.12
  plain/or=-0.40 plain/or/object=-0.16 plain/over=-0.26 plain/over/clause=0.06 plain/over/object=-0.21
  plain/since/clause=-0.18 plain/so=-0.06 plain/so/clause=-0.13 plain/than=-0.40 plain/than/clause=-0.06
  plain/than/object=-0.08 plain/that=-0.46 plain/that/clause=-0.09 plain/that/noun-of=-0.11 plain/that/passive=-0.06
  plain/that/seeming=-0.10 plain/through=-0.13 plain/through/clause=-0.11 plain/to=-0.55 plain/to/clause=-0.12
  plain/to/noun=-0.10 plain/to/noun-of=-0.20 plain/to/object=-0.10 plain/to/unlisted=-0.06 plain/under=-0.15
  plain/under/clause=-0.11 plain/what=-0.32 plain/when=-0.23 plain/when/clause=-0.13 plain/whether=-0.18
  plain/who=-0.43 plain/who/clause=-0.14 plain/who/object=-0.11 plain/with=-0.41 plain/with/clause=-0.25
  plain/with/object=0.07 quoted/,=0.08 quoted/,/clause=0.27 quoted/.=0.28 quoted/./clause=0.12 quoted/./object=0.12
  quoted/and=0.08 quoted/and/clause=0.21 quoted/as=-0.08 quoted/for=-0.12 quoted/in=-0.08 quoted/of=-0.14
  quoted/on=-0.21 quoted/on/clause=-0.11 quoted/that=-0.10 quoted/to=-0.15 quoted/to/clause=-0.06 quoted/with=-0.10
  stopped/and=0.32 stopped/but=0.50
next: ,/a=0.29 ,/and=0.57 ,/as=-0.10 ,/but=0.82 ,/compared=0.30 ,/even=-0.07 ,/he=0.12 ,/including=-0.59 ,/is=-0.21
  ,/saying=0.22 ,/the=0.15 ,/though=0.55 ,/to=-0.19 ,/when=0.20 ,/which=0.18 ,/while=0.21 ,/who=0.30 ,/with=0.34
  ,/“=-0.09 ./)=-0.19 about/her=-0.11 about/the=-0.17 against/the=-0.10 and/"=-0.13 and/a=-0.07 and/has=0.17
  and/his=0.18 and/other=-0.11 and/said=0.47 and/the=-0.28 and/“=-0.16 as/"=-0.08 as/a=-0.28 as/he=0.10 as/“=-0.07
  at/a=0.29 at/the=-0.27 before/the=-0.24 by/the=-0.14 during/the=-0.17 for/a=-0.12 for/his=-0.11 for/the=-0.22
  from/a=-0.07 in/a=0.23 in/his=0.11 in/its=-0.08 in/new=-0.07 in/the=-0.12 in/their=0.08 into/a=-0.11 into/the=-0.17
  of/a=-0.07 of/his=-0.07 of/the=-0.11 on/a=-0.14 on/his=0.10 on/immigration=-0.14 on/the=-0.26 over/the=-0.20
  than/the=-0.08 that/he=-0.09 that/it=-0.06 that/she=-0.05 that/would=-0.09 through/the=-0.07 to/a=-0.09 to/be=-0.07
  to/help=0.15 to/“=-0.06 with/a=-0.19 with/the=-0.13
passed: adjective/0=0.22 adjective/1=-0.35 adjective/2=-0.09 adjective/3=-0.06 clause/0=-0.46 clause/0/,=0.45
  clause/0/-=0.16 clause/0/.=0.08 clause/0/about=-0.25 clause/0/against=-0.06 clause/0/and=0.62 clause/0/at=0.10
  clause/0/because=-0.17 clause/0/but=-0.24 clause/0/by=-0.17 clause/0/for=-0.13 clause/0/from=-0.08 clause/0/in=0.10
  clause/0/of=-0.19 clause/0/on=0.13 clause/0/or=0.11 clause/0/than=-0.10 clause/0/that=-0.23 clause/0/to=-0.05
  clause/0/when=0.16 clause/0/who=-0.09 clause/0/with=-0.12 clause/1=-0.51 clause/1/,=-0.08 clause/1/-=-0.05
  clause/1/about=0.09 clause/1/at=-0.13 clause/1/but=0.57 clause/1/by=-0.12 clause/1/for=-0.08 clause/1/from=-0.05
  clause/1/in=0.06 clause/1/of=-0.08 clause/1/than=-0.08 clause/1/that=0.06 clause/1/with=-0.08 clause/2=-0.53
  clause/2/,=-0.08 clause/2/.=0.12 clause/2/about=0.12 clause/2/and=-0.32 clause/2/as=-0.09 clause/2/by=0.23
  clause/2/in=-0.15 clause/2/of=-0.05 clause/2/than=0.14 clause/2/that=0.06 clause/2/to=0.10 clause/3=-0.65
  clause/3/,=-0.13 clause/3/and=0.29 clause/3/as=-0.06 clause/3/in=-0.09 clause/3/on=-0.07 clause/3/to=-0.08
  clause/3/when=-0.07 clause/4=-0.66 clause/4/.=0.14 clause/4/and=-0.20 clause/4/in=-0.05 clause/4/of=0.17
  clause/5=-0.89 clause/5/.=0.17 clause/5/and=-0.23 clause/5/on=-0.06 clause/5/to=-0.06 noun-of/0/and=-0.07
  noun-of/0/of=-0.05 noun-of/0/that=-0.16 noun-of/0/to=-0.09 noun-of/1=0.09 noun-of/1/,=0.23 noun-of/2=-0.32
  noun-of/3=-0.26 noun-of/4=-0.19 noun-of/5=-0.13 noun/0=-0.20 noun/1=-0.18 noun/2=-0.15 noun/3=-0.16 object/0=0.26
  object/0/-=-0.18 object/0/.=-0.08 object/0/:=-0.07 object/0/about=-0.26 object/0/after=-0.25 object/0/against=-0.15
  object/0/and=0.59 object/0/as=-0.06 object/0/at=0.18 object/0/by=0.11 object/0/for=-0.18 object/0/in=0.40
  object/0/of=-0.08 object/0/on=-0.09 object/0/that=-0.11 object/0/to=-0.32 object/1=-0.05 object/1/,=0.07
  object/1/about=0.06 object/1/and=0.09 object/1/as=-0.06 object/1/at=-0.12 object/1/by=-0.13 object/1/for=-0.09
  object/1/from=0.06 object/1/in=-0.09 object/1/of=-0.12 object/1/on=0.19 object/1/that=-0.08 object/1/to=0.17
  object/1/with=0.29 object/2=-0.25 object/2/,=0.11 object/2/and=-0.20 object/2/at=-0.09 object/2/for=0.06
  object/2/from=-0.09 object/2/of=-0.06 object/2/that=0.25 object/2/to=0.21 object/3=-0.60 object/3/,=0.20
  object/3/.=0.17 object/3/and=-0.13 object/3/in=-0.18 object/3/to=-0.10 object/4=-0.56 object/4/,=0.06
  object/4/and=-0.17 object/4/in=-0.10 object/4/to=-0.06 object/5=-0.88 object/5/,=-0.49 object/5/.=0.23
  object/5/and=-0.17 object/5/for=0.15 object/5/in=-0.08 object/5/on=-0.12 object/5/that=-0.06 object/5/to=-0.06
  passive/0=-0.46 passive/0/,=-0.06 passive/0/on=0.17 passive/0/to=0.09 passive/1/,=0.31 passive/2=-0.17
  passive/3=-0.16 passive/4=-0.11 passive/5=-0.33 quotation/0=0.26 quotation/1=-0.14 seeming/1=-0.12 seeming/2=-0.31
  seeming/3=-0.30 seeming/5=-0.07 unlisted/0=-0.47 unlisted/1=-0.48 unlisted/2=0.16 unlisted/3=-0.27
pause: (/object/.-0-False=-0.22 ,/clause=0.18 ,/clause/,-0-False=-0.42 ,/clause/,-0-True=-0.30 ,/clause/,-1-False=0.11
  ,/clause/,-1-True=-0.20 ,/clause/.-0-False=-0.20 ,/clause/.-1-False=0.83 ,/clause/end-1=0.34
  ,/clause/quotation-0=-0.26 ,/clause/quotation-1=0.35 ,/noun-of/.-1-False=-0.17 ,/object/,-0-False=-0.89
  ,/object/,-1-False=0.33 ,/object/.-0-False=-0.21 ,/object/.-1-False=0.61 ,/object/end-1=0.12
  ,/object/quotation-0=-0.25 ,/object/quotation-1=0.74 ,/passive/.-1-False=-0.09 --/clause=0.13 -/clause=0.17
  -/clause/,-0-False=0.18 -/object=0.11 -/object/,-0-False=-0.34 :/clause/quotation-0=0.05 :/object=-0.16
  ;/clause=0.19 —/clause=0.13 —/object=0.12
stretch: ,/1=0.13 ,/1/object=0.15 ,/2/clause=-0.28 ,/2/object=-0.17 ,/2/passive=0.13 ,/3=-0.35 ,/3/clause=0.29
  ,/3/object=-0.17 ,/3/passive=-0.12 ,/4=0.19 ,/4/clause=-0.24 ,/4/noun-of=0.22 ,/4/object=0.12 ,/4/passive=0.15
  ,/6=0.06 ,/6/clause=0.20 ,/6/object=0.13 ,/9=0.05 -/2=-0.31 -/3=0.07 -/3/clause=0.06 -/4=0.15 -/4/clause=-0.16
  -/6=0.53 ./1/object=-0.06 ./2=0.09 ./3=0.37 ./3/clause=0.17 ./3/object=0.15 ./4=0.39 ./4/clause=0.19 ./4/object=0.14
  ./6=0.18 ./6/clause=0.11 :/3=0.23 about/1=-0.22 about/1/object=-0.14 about/2=-0.16 about/2/clause=-0.08
  about/3=-0.09 about/3/clause=0.09 about/3/object=-0.10 about/4=0.09 about/6=-0.09 about/6/clause=-0.07 after/2=0.08
  after/3=0.12 after/4=-0.07 against/3=-0.06 against/4=-0.16 against/6=-0.10 and/1=-0.13 and/1/clause=-0.13
  and/1/object=0.07 and/2/clause=0.14 and/2/noun-of=-0.12 and/2/object=0.11 and/3=-0.16 and/3/clause=-0.16
  and/3/object=0.22 and/4=0.15 and/4/clause=0.19 and/4/object=-0.18 and/6/object=-0.12 and/9=-0.34 and/9/clause=0.13
  as/1/object=-0.19 as/2=-0.39 as/2/clause=-0.15 as/2/object=-0.10 as/3=-0.12 as/3/clause=-0.11 as/3/object=0.06
  as/4=-0.15 as/4/object=-0.33 as/6=0.22 at/2=0.10 at/2/clause=0.06 at/2/object=0.12 at/3=-0.29 at/3/clause=-0.06
  at/4=-0.24 at/4/clause=-0.12 because/2=0.10 because/2/clause=-0.09 because/3=0.21 because/3/clause=0.20
  because/4=-0.16 because/4/clause=-0.12 because/6=-0.17 because/6/clause=-0.10 before/4=-0.34 but/3=0.12 but/4=-0.15
  but/6=0.18 by/2=-0.16 by/2/clause=-0.08 by/3/clause=0.06 by/3/object=-0.11 by/4=-0.17 by/4/object=-0.11 by/6=-0.17
  by/6/clause=-0.09 during/3=-0.30 during/3/clause=-0.09 for/1=-0.25 for/1/object=-0.16 for/2=-0.25 for/2/clause=-0.05
  for/2/object=-0.11 for/3/clause=-0.07 for/3/object=0.12 for/4=-0.26 for/4/clause=-0.09 for/6=-0.20
  for/6/clause=-0.06 for/6/object=-0.12 for/9=0.27 from/2=-0.07 from/2/clause=-0.06 from/3=-0.28 from/4/clause=-0.07
  from/6=-0.10 how/2=-0.16 in/1=0.37 in/1/object=0.22 in/2=-0.16 in/2/clause=0.07 in/2/object=-0.31 in/3=-0.13
  in/3/clause=-0.07 in/3/object=0.05 in/4=-0.37 in/4/clause=-0.09 in/4/noun-of=-0.15 in/6=-0.14 in/6/clause=-0.21
  in/9=-0.12 into/4=-0.13 into/6=-0.13 like/2=-0.13 like/2/clause=-0.06 like/3=-0.21 of/1=-0.11 of/1/object=-0.05
  of/2=-0.34 of/2/clause=-0.09 of/2/object=-0.15 of/3=-0.19 of/3/clause=0.07 of/3/object=-0.12 of/4=-0.32
  of/4/clause=-0.09 of/4/object=-0.12 of/6/clause=-0.06 of/6/object=0.12 on/1=-0.16 on/1/object=-0.27 on/2/object=0.28
  on/3=-0.15 on/3/object=-0.32 on/4/object=0.09 on/6/clause=-0.16 or/2=-0.18 or/2/clause=-0.05 or/3=-0.16 or/4=-0.07
  or/4/clause=-0.06 over/3/clause=0.08 over/4/object=-0.15 so/2=0.25 than/2=-0.12 than/2/clause=-0.07 than/3=-0.11
  than/4=-0.15 than/4/clause=-0.07 than/6=-0.17 than/6/clause=-0.06 that/1=-0.16 that/1/clause=-0.07 that/2=-0.39
  that/2/clause=-0.14 that/2/object=-0.23 that/3=-0.22 that/3/clause=0.07 that/3/object=-0.10 that/4=-0.09 that/6=0.06
  to/1/object=-0.09 to/2=-0.48 to/2/clause=-0.09 to/2/object=-0.24 to/3=-0.24 to/3/noun-of=-0.05 to/3/object=-0.10
  to/4/clause=-0.08 to/4/object=0.14 to/6=0.08 to/6/clause=0.09 to/6/object=0.14 when/3=-0.28 when/3/clause=-0.08
  when/4=0.24 when/6/clause=-0.11 who/2=-0.16 who/2/clause=-0.06 who/3=-0.13 who/4=-0.10 who/6=-0.11 with/1=-0.17
  with/2=-0.21 with/2/clause=-0.05 with/3=-0.13 with/3/clause=-0.07 with/3/object=0.06 with/4=-0.18
  with/4/clause=-0.07 with/6=0.07 with/6/clause=-0.06 —/2=-0.08 —/4=-0.20 —/4/clause=-0.22 —/6=0.19
verbs: adjective/0=-0.15 adjective/1=0.12 adjective/2=-0.16 clause/0=-0.91 clause/0/,=-0.51 clause/0/-=0.18
  clause/0/.=-0.09 clause/0/about=-0.12 clause/0/and=0.11 clause/0/at=0.15 clause/0/by=-0.09 clause/0/for=-0.09
  clause/0/from=-0.08 clause/0/in=0.30 clause/0/of=-0.17 clause/0/on=0.29 clause/0/that=-0.24 clause/0/to=0.19
  clause/0/who=-0.08 clause/0/with=-0.07 clause/1=-1.41 clause/1/,=0.42 clause/1/-=0.09 clause/1/.=0.17
  clause/1/:=-0.09 clause/1/after=-0.10 clause/1/against=-0.06 clause/1/and=0.12 clause/1/as=-0.21 clause/1/at=-0.14
  clause/1/because=0.07 clause/1/by=-0.17 clause/1/during=0.05 clause/1/for=-0.10 clause/1/from=-0.07
  clause/1/if=-0.07 clause/1/in=-0.31 clause/1/like=-0.06 clause/1/of=0.06 clause/1/or=-0.08 clause/1/so=-0.15
  clause/1/than=-0.13 clause/1/to=-0.14 clause/1/when=0.09 clause/1/who=-0.06 clause/1/with=-0.11 clause/1/—=-0.15
  clause/2=-1.37 clause/2/,=0.26 clause/2/-=-0.09 clause/2/.=0.44 clause/2/:=0.21 clause/2/after=-0.13
  clause/2/against=-0.05 clause/2/at=-0.12 clause/2/because=-0.17 clause/2/by=0.13 clause/2/for=-0.13
  clause/2/from=-0.06 clause/2/if=-0.07 clause/2/in=-0.18 clause/2/into=-0.05 clause/2/of=-0.11 clause/2/on=-0.27
  clause/2/or=-0.12 clause/2/than=-0.10 clause/2/that=0.05 clause/2/through=-0.08 clause/2/to=-0.16
  clause/2/when=-0.10 clause/2/with=-0.12 clause/2/—=0.36 noun-of/0=-0.10 noun-of/0/,=0.23 noun-of/0/and=-0.13
  noun-of/0/of=-0.09 noun-of/0/to=-0.10 noun-of/1=-0.13 noun-of/2=-0.57 noun-of/2/to=-0.05 noun/0=-0.32 noun/1=-0.23
  noun/2=-0.08 object/0=-0.64 object/0/,=0.29 object/0/-=-0.17 object/0/.=0.08 object/0/;=0.18 object/0/about=-0.12
  object/0/after=0.07 object/0/against=-0.21 object/0/and=0.33 object/0/as=-0.35 object/0/at=0.07 object/0/before=0.21
  object/0/between=-0.18 object/0/but=0.26 object/0/during=0.30 object/0/for=-0.27 object/0/from=-0.05
  object/0/in=0.15 object/0/into=-0.14 object/0/like=-0.15 object/0/of=-0.21 object/0/on=-0.20 object/0/or=0.08
  object/0/over=-0.11 object/0/that=-0.18 object/0/to=-0.27 object/0/when=0.10 object/0/who=-0.14 object/1=-0.72
  object/1/,=0.19 object/1/.=0.10 object/1/and=-0.11 object/1/by=-0.10 object/1/for=0.06 object/1/in=-0.10
  object/1/of=-0.07 object/1/or=-0.12 object/2=-0.73 object/2/,=-0.49 object/2/.=0.11 object/2/and=-0.20
  object/2/as=0.21 object/2/by=-0.06 object/2/for=0.05 object/2/in=-0.15 object/2/of=-0.05 object/2/that=0.12
  object/2/to=0.16 passive/0=-0.33 passive/0/,=0.14 passive/0/and=-0.07 passive/0/for=-0.06 passive/0/on=0.14
  passive/1=-0.41 passive/1/to=-0.08 passive/2=-0.51 quotation/0=-0.14 seeming/0=-0.18 seeming/1=-0.37 seeming/2=-0.28
  unlisted/0=-0.24 unlisted/1=-0.35 unlisted/2=-0.29
word: ,/a=-0.12 ,/an=0.21 ,/clinton=0.20 ,/her=-0.26 ,/his=0.07 ,/how=-0.16 ,/it=-0.26 ,/mr.=0.31 ,/out=-0.48
  ,/she=-0.09 ,/that=-0.33 ,/the=0.18 ,/they=0.91 ,/to=0.17 ./a=0.08 ./he=-0.06 ./his=0.11 ./that=0.23 ./to=0.12
  ./trump=0.09 about/that=-0.16 about/the=0.05 about/to=0.06 against/that=-0.12 and/he=0.07 and/his=0.25 and/how=-0.26
  and/mr.=0.13 and/that=-0.17 and/the=0.08 and/to=-0.35 and/trump=-0.11 as/a=0.07 as/her=-0.08 as/that=-0.12
  as/the=-0.15 as/to=-0.25 at/that=-0.15 at/the=0.10 at/to=-0.13 because/he=-0.11 because/she=-0.08 because/that=-0.13
  but/that=0.08 by/that=-0.22 by/the=-0.17 by/to=-0.06 for/a=-0.06 for/him=-0.06 for/that=-0.17 for/the=-0.06
  for/to=-0.09 from/that=0.06 from/to=-0.24 if/that=-0.14 in/a=0.37 in/clinton=-0.12 in/he=0.09 in/her=-0.14
  in/mr.=-0.10 in/that=-0.33 in/the=-0.19 in/to=-0.19 in/trump=0.07 into/that=-0.06 into/to=-0.13 of/a=-0.10
  of/it=0.18 of/that=-0.26 of/the=-0.22 of/to=-0.16 on/a=-0.38 on/clinton=-0.10 on/he=-0.07 on/her=0.27 on/his=0.07
  on/that=-0.25 on/the=0.29 on/to=-0.17 or/that=-0.22 since/that=-0.11 than/that=-0.05 that/a=0.06 that/that=-0.19
  that/the=-0.19 that/to=-0.13 through/that=-0.11 to/a=0.18 to/an=-0.05 to/he=-0.07 to/her=-0.07 to/his=-0.07
  to/that=-0.18 to/the=-0.07 to/to=-0.18 to/trump=-0.07 when/that=-0.21 who/that=-0.12 who/the=-0.11 with/that=-0.18
  with/the=0.18 with/to=-0.08
"""
)
