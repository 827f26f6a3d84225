"""What spam sells, how it asks, and the words that the owner does not want."""

import re
from itertools import islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.scoring.model import Reason
from comments.scoring.reading import Phrases, Reading, fold_short
from comments.scoring.weights import FLATTERY_COUNTED, MATCHES_MAX, WEIGHTS, WORDS_COUNTED

_SOLD: Final = Phrases(
    "0 adul air aird back bad bett bina bitc bonu brou buy call cana cars cash casi cbd chea"
    " cial clai clon coca coun crac cryp cure degr depo diet disc diss do dofo driv esco essa"
    " ex fina firs fixe fore free full gamb garc get give glut gmai gold goog got gues hack"
    " herb hire hot hous illu inst inte inve jack jord judi keto keyg levi life link lock lost"
    " loui lsd luxu magi male meet mich milf mill min mini mixe most nfl nft nfts no offe onli"
    " outl over page pass pay payd payo per plag plum poke porn priv rank ray rayb read real"
    " reco repl role roof russ seo seri sex sild sing skin slot smm spel spon spor spy temp"
    " toge torr trad traf ugg urge veri viag w web webc weig what whol wido with xxx you your"
    " yout без виаг кази купи порн прод",
    r"(?:viagra|cialis|levitra|sildenafil|male enhancement|(?:canadian|online) pharmacy"
    r"|(?:without|no|w/o) (?:prescription|rx)|overnight (?:delivery|cod)|cheap pills"
    r"|casinos?|slots? (?:gacor|online|machines?)|slot gacor|poker online|judi|togel|mostbet|1win"
    r"|free spins|no deposit|sports ?betting|betting (?:tips|site)|fixed match(?:es)?|gambling"
    r"|pay ?day loans?|bad credit|urgent loan|(?:offer|got|get|give) (?:you )?(?:a |my )?loans?"
    r"|interest rate|your loan|replica|rolex|louis vuitton|michael kors|ugg boots|ray ?ban"
    r"|air max|(?:cheap|wholesale|nfl) jerseys|jordan shoes|outlet (?:store|online)"
    r"|porn|xxx|escorts?|call girls|hot girls|web ?cams?|sex dating|adult (?:chat|webcam)"
    r"|singles tonight|meet singles|seo|back ?links?|google ranking|rank in google|guest posts?"
    r"|do-?follow|link insertion|sponsored post|smm|(?:buy|free|real|cheap|instagram|youtube)"
    r" (?:followers|likes|views|visitors)|traffic today|bitcoins?|crypto ?(?:currency|investment)?"
    r"|forex|binary options|trading signals|binance|mixer|essay writing|cheap essays?"
    r"|dissertation help|essays written|spell ?caster|ex lover|brought back my (?:husband|wife|ex)"
    r"|herbal cure|hire a hacker|hack (?:facebook|whatsapp)|recovery expert|lost bitcoin"
    r"|spy on your|passports|driving licen[cs]e|degree online|without exams?|keto gummies"
    r"|(?:weight loss|diet|keto) (?:pills?|gummies)|garcinia|cbd oil|buy weed|magic mushrooms"
    r"|cocaine|skin whitening|glutathione|free iphone|claim your prize|keygen|cracked software"
    r"|torrents?|123movies|full movie|locksmith|plumber near|roofers|verified paypal"
    r"|gmail accounts|temp mail|million to your|widow of|real estate investment|luxury villas"
    r"|купить диплом|порно|казино|виагра|продаю"
    r"|без рецепта|(?:first|no|min(?:imum)?) deposit|deposit bonus|jackpot|payouts?|bonus on"
    r"|plagiarism|essay (?:writers?|help|service)|giveaway|private detective|read any phone"
    r"|whatsapp hack|hacking services?|(?:houses|cars|gold) for cash|herbal (?:medicine|doctor)"
    r"|cured me|serious man|russian (?:girls|brides)|lsd|discreet packaging|page one of google"
    r"|free audit|milfs?|illuminati|guest articles?|per link|lifetime licen[cs]e"
    r"|cheap (?:flights|hotels)|you have been selected|invest(?:ed|ing)? (?:\$ ?\d"
    r"|\d{2,7} ?(?:usd|dollars|euros?))|get rich"
    r"|passive income|financial freedom|airdrop|nfts?|counterfeit|clone cards?|cash ?app flip)",
)
_PITCH: Final = Phrases(
    "0 add amaz appl best buy call chea chec clic cong cont coup daft disc dm earn ente free"
    " get guar here inbo inst inte join limi look low make mess mole mone my near no on only"
    " or orde our plag prom reac real regi repl sati see ship shop skin spec stop subs surf t"
    " text toda visi wart we what win with work worl",
    r"(?:(?:visit|check out|check|surf to|see|stop by|look at|here is|visit to) my (?:own )?"
    r"(?:new )?(?:web ?-?(?:site|page|blog|log)|home ?page|blog|site|page|channel|profile|shop)"
    r"|my (?:web ?-?(?:site|page|blog|log)|home ?page)|click (?:here|the link|on this link)"
    r"|(?:buy|order|shop|apply|register|subscribe|join) (?:it )?(?:now|here|today|online)"
    r"|free (?:shipping|trial)|(?:limited|special|amazing) offer|best (?:price|rates?|offer|online)"
    r"|\d{1,3} ?% (?:off|discount)|satisfaction guaranteed|promo code|win rate|instant approval"
    r"|whats ?app (?:me|him|her|us)|(?:on|our) (?:whatsapp|telegram)|t\.me"
    r"|contact (?:him|her|us) (?:on|at|today|now|via)|work(?:ing)? (?:from|at) home"
    r"|earn(?:ed|ing)? (?:\$|money|\d)|make (?:\$|money)|(?<=\$)\d[\d,]{0,9} (?:a|per|in one)"
    r" (?:day|week)"
    r"|subscribe to my|get yours|daftar|discreet shipping|low price|see my profile"
    r"|guaranteed first|cheap(?:est)? (?:cbd|pills|followers|roofers)|near me|today only"
    r"|only today|discount today|worldwide shipping|shipped worldwide|plagiarism free"
    r"|(?:message|text|dm|add|inbox|reach) (?:me|us|him|her) (?:on|via|at|through)"
    r"|call (?:us )?now|reply for|enter your (?:e-?mail|details)|only \d{1,3} left"
    r"|our (?:revolutionary|product|service|team)|we (?:are a team|offer|buy|sell|ship)"
    r"|money back|buy \d get|coupon code|congratulations|call or whatsapp"
    r"|\d{2,4} ?% secret"
    r"|free shipping worldwide"
    r"|\d{2,5} ?(?:usd|dollars|euros?|\$) (?:a|per) (?:day|week|hour)|(?:no|without) experience"
    r"|(?:skin tag|mole|wart) (?:and milia )?remov(?:er|al) (?:pen|cream|serum)|really works"
    r"|interesting article like yours|on whatsapp|or whatsapp)",
)
# Sentences with which machines have praised every page of the web since 2008.
_FLATTERY: Final = Phrases(
    "admi amaz ate awes blog book brow came comm easy enjo exce fine for foun grea grou humo"
    " impr keen keep litt load made marv matc more most new nice noti now one ones pres read"
    " reco rss send shar skil stum stun surf than this trou un unde webl what whil wond writ"
    " your",
    r"(?:keep up the (?:good|great) work|(?:wonderful|great|nice|awesome|amazing|excellent)"
    r" (?:blog|web ?site|web page|piece of writing|beat)|your (?:blog|web) posts?|(?:this|your)"
    r" (?:web ?page|weblog|web blog|web site)|thanks admin|admin of this|book-?marking|rss feed"
    r"|loads? up|stumbled upon your|writing style|humoristic|skilled blogger|your blogs?"
    r"|(?:enjoying|sending it to|sharing in) (?:the information|your blog|a few pals|delicious)"
    r"|notify me when|new comments are added|ate my first comment|impressed, i must say"
    r"|undeniably believe|what i was (?:exploring|seeking|looking) for|matches the content"
    r"|more specific about the content|keen of reading|finest sites|most excellent"
    r"|this website'?s|came across this board|more related content|recommended this website"
    r"|read this website|surfing online|little bit more than just your articles|group shared this"
    r"|marvell?ous posting|bookmark your|browsing your|now i'm following you|stumbled over here"
    r"|reading through your|comment to support you|great author|found this article at"
    r"|trouble-free to find|easy to find out any|ones? (?:posting|writing)|preserveness"
    r"|un-ambiguity|weblog structure|blogging for|made blogging|while you amend|stunning quest"
    r"|for latest (?:news|updates))",
)
_OWNER_WORDS_MAX: Final = 500


def sold(reading: Reading) -> Reason | None:
    """Names of what spam sells, in the text and in the name."""
    return _spoken("sold", reading, _SOLD, _("Words of what spam sells."))


def pitch(reading: Reading) -> Reason | None:
    """Calls to buy, to visit and to write to somebody."""
    return _spoken("pitch", reading, _PITCH, _("Words of advertising."))


def flattery(reading: Reading) -> Reason | None:
    """Praise that fits every page."""
    return _spoken("flattery", reading, _FLATTERY, _("Praise as machines write it."))


def owner_words(reading: Reading) -> Reason | None:
    """Words of the owner's own list, whole and in any case."""
    words = sorted(fold_short(word).strip() for word in reading.submission.bad_words)
    words = [re.escape(word) for word in words if word][:_OWNER_WORDS_MAX]
    if not words:
        return None
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")
    matches = list(islice(pattern.finditer(reading.folded), MATCHES_MAX))
    return _counted("owner_words", reading, matches, pattern, _("Words of your own list."))


def _spoken(code: str, reading: Reading, phrases: Phrases, message: Promise) -> Reason | None:
    return _counted(code, reading, phrases.find(reading), phrases.pattern, message)


def _counted(
    code: str,
    reading: Reading,
    matches: list[re.Match[str]],
    pattern: re.Pattern[str],
    message: Promise,
) -> Reason | None:
    """A reason that counts each different word once, be it in the text or in the name."""
    words = {match[0] for match in matches}
    words.update(match[0] for match in pattern.finditer(fold_short(reading.name)))
    if not words:
        return None
    counted = FLATTERY_COUNTED if code == "flattery" else WORDS_COUNTED
    points = min(len(words), counted) * WEIGHTS[code].spam
    return Reason(code, points, str(message), reading.spans(matches))
