"""Ordinary words of English that people put around what they look for.

They are never taken for slips of the fingers, and when no page holds all words, they are the first
to be left out. Those that PostgreSQL never looks for, such as "the", are not among them.
"""

ORDINARY = frozenset(
    """
    able actually advice afraid after ago alone already also always another answer anybody anyone
    anything around ask asked away back bad based because become been before begin behind believe
    best better between big bit both bring bother bought call came can cannot care cause caused
    causes cheap check choose clear come common could cost day days deal did different difference
    difficult does doing done else end enough even ever every everything exactly explain explained
    fast fastest feel few find fine first five forever found four free from full gave get gets
    getting give given gives go goes going gone good got great guide had happen happened happens
    hard has have having hear hello help helped helpful helps here hi home hope hours how idea
    important inside instead into just keep keeps kept kind know known last late least leave left
    less let like likely list little long longer look looking looks lot made make makes making many
    may maybe mean means meant might mine more most much must myself name near need needed needs
    never new next nice nothing now number often okay old one only order ought our out over own part
    people perhaps person place please point possible problem problems put question questions quick
    quickly quite rather read real really reason remember rid right safe said same saw say says
    second see seem seems seen self serious several shall she should show simple since small some
    somebody someone something sometimes soon sort start started still stop stopped such suddenly
    sure take takes taking talk tell thank thanks that them then there these they thing things think
    this those though thought three time times tip tips today told tomorrow too took tried true try
    trying turn two under understand until use used useful uses using usual usually very want wanted
    wants way ways week weeks well went were what when where which while who whole whose why will
    with within without wonder word words work working works worse worst would wrong year years yes
    yesterday yet you your yourself
    """.split()
)
