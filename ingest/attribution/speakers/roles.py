"""Titles, offices, institutions and given names: what tells a person from an institution, and "he" from "she"."""

from __future__ import annotations

from ingest.attribution.lexicon import words

#: Before a name, and no part of it.
TITLES = words(
    """
    mr mrs ms dr sir lady lord miss president vice secretary state prime minister chancellor senator sen rep
    representative congressman congresswoman gov governor mayor judge justice chief general gen colonel col lt
    sgt captain capt admiral adm king queen prince princess pope rev reverend professor prof ambassador attorney
    speaker chairman chairwoman spokesman spokeswoman director former deputy foreign defense defence finance
    interior treasury republican democratic democrat commissioner officer detective inspector coach king's
    premier first u.s. u.s us russian u.s american british french german chinese israeli iranian syrian
    ukrainian saudi turkish japanese indian swiss democratic-controlled acting special majority minority leader
    house senate labour conservative kremlin white
    """
)

#: Offices that a definite description can stand for: "the spokesman".
ROLES = words(
    """
    spokesman spokeswoman spokesperson president minister secretary chancellor senator governor mayor judge
    director chairman chairwoman chair ambassador commissioner professor lawyer attorney candidate nominee
    leader chief economist analyst historian author diplomat official coach captain manager owner founder
    executive scientist doctor researcher billionaire congressman congresswoman representative prosecutor
    sheriff pilot engineer farmer student adviser advisor strategist activist journalist reporter editor premier
    king queen prince runner winner champion harbourmaster fisherman inspector investigator
    """
)

#: Head nouns of institutions.
INSTITUTIONS = words(
    """
    ministry department office agency commission committee council bank party court university house company
    police union institute board association service bureau fund corporation corp inc group center centre
    foundation campaign government parliament congress senate army navy kremlin pentagon administration
    organization organisation federation league club newspaper network times post journal magazine embassy
    authority assembly cabinet treasury reserve society coalition alliance school college hospital firm
    delegation exchange agencies unions councils
    """
)

#: Words that no person's name holds.
NOT_PEOPLE = INSTITUTIONS | words(
    """
    states state united nations america russia europe street news national international republicans democrats
    republican democratic white house day week city county sea black north south east west new the islamic
    security affairs department world war act bill trade press associated americans russians street-based
    convention district river island islands mountain valley lake bay port harbour road bridge airport hall cup
    games
    """
)

#: What an institution speaks through.
VESSELS = words(
    """
    statement report release document letter article memo survey poll study filing announcement
    """
)

MALE = words(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony
    mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan
    jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander
    raymond patrick jack dennis jerry tyler aaron jose adam henry nathan douglas peter zachary kyle walter
    harold carl jeremy keith roger gerald ethan arthur terry christian sean lawrence austin joe noah jesse
    albert bryan billy bruce willie jordan dylan alan ralph gabriel roy juan wayne eugene logan randy louis
    russell vincent philip bobby johnny bradley vladimir dmitry sergei sergey mikhail igor ivan nikolai boris
    oleg yuri viktor barack ted jeb marco bernie ben chris mike tom bill bob jim tim dan ken ron rick steve tony
    phil ed greg jeff matt nick mitt rand lindsey hans klaus pierre jean francois luis carlos miguel pedro
    bashar mohammad mohammed ali hassan javad recep xi shinzo narendra yusuf tomas dominic idris henrik ivo dag
    piet aurelio gideon lars jonas mateus ewan vasyl taras oleksandr andriy petro emmanuel giorgio matteo silvio
    antonio francesco marco carlo hugo felix oscar leo max otto karl stefan martin simon neil ian alistair gavin
    graham nigel derek colin duncan
    """
)
FEMALE = words(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret
    ashley kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura
    cynthia amy kathleen angela shirley brenda emma anna pamela nicole samantha katherine christine helen debra
    rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly
    christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice
    ann kathryn abigail sophia frances jean alice judy isabella julia grace amber denise danielle marilyn
    beverly charlotte natalie theresa diana brittany kayla alexis lori marie hillary carly marine huma melania
    ivanka jill claire gwen elena olga natalia tatiana svetlana irina yulia ekaterina federica theresa simone
    ingrid astrid noor ragna ulrike britta carys saoirse marjorie lucia elin lidia maren ines liz sally alison
    fiona harriet gillian theresa nicola ursula annegret marina daria oksana yulia sofia valentina chiara giulia
    beatrice agnes eva ella clara lena nina
    """
)
