"""What RIS calls the types of sources, by CSL type, and its tags."""

_PAIRS = """
    JOUR article-journal EJOUR article-journal ABST article-journal INPR article-journal
    JFULL periodical MGZN article-magazine NEWS article-newspaper PREPRINT article
    BOOK book EBOOK book EDBOOK book SER book CTLG book CHAP chapter ECHAP chapter
    CLSWK classic ANCIENT classic DICT entry-dictionary ENCYC entry-encyclopedia
    RPRT report GOVDOC report THES thesis CONF paper-conference CPAPER paper-conference
    DATA dataset AGGR dataset DBASE dataset ELEC webpage WEB webpage WEBP webpage ICOMM webpage
    BLOG post-weblog VIDEO motion_picture MPCT motion_picture ADVS motion_picture
    SOUND song MUSIC musical_score COMP software STAND standard MAP map PAMP pamphlet
    UNPB manuscript UNPD manuscript MANSCPT manuscript PCOMM personal_communication
    STAT legislation LEGAL regulation BILL bill UNBILL bill CASE legal_case HEAR hearing PAT patent
    ART graphic SLIDE graphic FIGURE figure CHART figure EQUA figure
    GRNT document GRANT document GEN document
"""
TYPES = dict(zip(_PAIRS.split()[::2], _PAIRS.split()[1::2], strict=True))

TAGS = frozenset(
    """
    TY ER A1 A2 A3 A4 A5 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DO DP ED
    EP ET ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NO NV OP PB PP PY RI RN RP
    SE SN SP ST T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y1 Y2
    """.split()
)
