"""Medicines, doses and the treatment of babies."""

import re
from typing import Final

from django.utils.translation import gettext as _

from comments.scoring.advice import advice, by_professional, denied, lead
from comments.scoring.model import Reason
from comments.scoring.reading import Phrases, Reading, Sentence

# Names by which medicines and strong acids are called in remarks on skin. A list to find words
# with, not a statement about any of them.
_DRUG: Final = (
    r"(?:minocycline|doxycycline|tetracycline|erythromycin|clindamycin|azithromycin|amoxicillin"
    r"|trimethoprim|antibiotics?|isotretinoin|(?:ro)?accutane|tretinoin|retin-a|adapalene|differin"
    r"|tazarotene|trifarotene|retinoids?|retinol|hydroquinone|spironolactone|prednisolone"
    r"|prednisone|hydrocortisone|cortisone|betamethasone|clobetasol|steroids?|ibuprofen"
    r"|paracetamol|acetaminophen|tylenol|aspirin|antihistamines?|cetirizine|lidocaine|emla"
    r"|ivermectin|metronidazole|benzoyl peroxide|hydrogen peroxide|peroxide|azelaic(?: acid)?"
    r"|(?:salicylic|glycolic|lactic|mandelic|trichloroacetic)(?: acid)?|tca|zinc|vitamin [ad]3?"
    r"|insulin|metformin|warfarin|methotrexate|antidepressants?)"
)
_NUMBER: Final = (
    r"(?:\d[\d.,]{0,8}(?: ?- ?\d[\d.,]{0,6})? ?-?|(?:half an?|half|an? quarter of an?|one|two"
    r"|three|four|five|six|seven|eight|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|a hundred|one hundred|an?) )"
)
_WEIGHT: Final = r"(?:mg|milligram(?:me)?s?|mcg|μg|microgram(?:me)?s?|iu|i\.u)"
_AMOUNT: Final = (
    r"(?:(?:%|percent|per cent)(?! (?:off|sure|better|gone|of|more|less|worse))"
    r"|(?:ml|millilit(?:re|er)s?|g|grams?|drops?|pills?|tablets?|capsules?|tabs|puffs|units)\b)"
)
_COUNTED: Final = r"(?:drops?|pills?|tablets?|capsules?|tabs|doses?)"
_TAKING: Final = r"(?:take|takes|taking|took|swallow(?:ed)?|gave|give|giving|swallowing)"
_DOSES: Final = Phrases(
    "0 a accu acet adap amox an anti aspi azel azit benz beta ceti clin clob cort diff doxy"
    " eigh emla eryt fift five fort four gave give givi glyc half hydr ibup insu isot iver"
    " lact lido mand metf meth metr mino nine one para pero pred reti roac sali seve six sixt"
    " spir ster swal take taki taza tca tca0 tcaA tcaB tcaC tcaD tcaE tcaF tcaG tcaH tcaI tcaJ"
    " tcaK tcaL tcaM tcaN tcaO tcaP tcaQ tcaR tcaS tcaT tcaU tcaV tcaW tcaX tcaY tcaZ tca_"
    " tcaa tcab tcac tcad tcae tcaf tcag tcah tcai tcaj tcak tcal tcam tcan tcao tcap tcaq"
    " tcar tcas tcat tcau tcav tcaw tcax tcay tcaz tcaª tca² tca³ tcaµ tca¹ tcaº tca¼ tca½"
    " tca¾ tcaÀ tcaÁ tcaÂ tcaÃ tcaÄ tcaÅ tcaÆ tcaÇ tcaÈ tcaÉ tcaÊ tcaË tcaÌ tcaÍ tcaÎ tcaÏ"
    " tcaÐ tcaÑ tcaÒ tcaÓ tcaÔ tcaÕ tcaÖ tcaØ tcaÙ tcaÚ tcaÛ tcaÜ tcaÝ tcaÞ tcaß tcaà tcaá"
    " tcaâ tcaã tcaä tcaå tcaæ tcaç tcaè tcaé tcaê tcaë tcaì tcaí tcaî tcaï tcað tcañ tcaò"
    " tcaó tcaô tcaõ tcaö tcaø tcaù tcaú tcaû tcaü tcaý tcaþ tcaÿ tcaĀ tcaā tcaĂ tcaă tcaĄ"
    " tcaą tcaĆ tcać tcaĈ tcaĉ tcaĊ tcaċ tcaČ tcač tcaĎ tcaď tcaĐ tcađ tcaĒ tcaē tcaĔ tcaĕ"
    " tcaĖ tcaė tcaĘ tcaę tcaĚ tcaě tcaĜ tcaĝ tcaĞ tcağ tcaĠ tcaġ tcaĢ tcaģ tcaĤ tcaĥ tcaĦ"
    " tcaħ tcaĨ tcaĩ tcaĪ tcaī tcaĬ tcaĭ tcaĮ tcaį tcaİ tcaı tcaĲ tcaĳ tcaĴ tcaĵ tcaĶ tcaķ"
    " tcaĸ tcaĹ tcaĺ tcaĻ tcaļ tcaĽ tcaľ tcaĿ tcaŀ tcaŁ tcał tcaŃ tcań tcaŅ tcaņ tcaŇ tcaň"
    " tcaŉ tcaŊ tcaŋ tcaŌ tcaō tcaŎ tcaŏ tcaŐ tcaő tcaŒ tcaœ tcaŔ tcaŕ tcaŖ tcaŗ tcaŘ tcař"
    " tcaŚ tcaś tcaŜ tcaŝ tcaŞ tcaş tcaŠ tcaš tcaŢ tcaţ tcaŤ tcať tcaŦ tcaŧ tcaŨ tcaũ tcaŪ"
    " tcaū tcaŬ tcaŭ tcaŮ tcaů tcaŰ tcaű tcaŲ tcaų tcaŴ tcaŵ tcaŶ tcaŷ tcaŸ tcaŹ tcaź tcaŻ"
    " tcaż tcaŽ tcaž tcaſ tcaƀ tcaƁ tcaƂ tcaƃ tcaƄ tcaƅ tcaƆ tcaƇ tcaƈ tcaƉ tcaƊ tcaƋ tcaƌ"
    " tcaƍ tcaƎ tcaƏ tcaƐ tcaƑ tcaƒ tcaƓ tcaƔ tcaƕ tcaƖ tcaƗ tcaƘ tcaƙ tcaƚ tcaƛ tcaƜ tcaƝ"
    " tcaƞ tcaƟ tcaƠ tcaơ tcaƢ tcaƣ tcaƤ tcaƥ tcaƦ tcaƧ tcaƨ tcaƩ tcaƪ tcaƫ tcaƬ tcaƭ tcaƮ"
    " tcaƯ tcaư tcaƱ tcaƲ tcaƳ tcaƴ tcaƵ tcaƶ tcaƷ tcaƸ tcaƹ tcaƺ tcaƻ tcaƼ tcaƽ tcaƾ tcaƿ"
    " tcaǀ tcaǁ tcaǂ tcaǃ tcaǄ tcaǅ tcaǆ tcaǇ tcaǈ tcaǉ tcaǊ tcaǋ tcaǌ tcaǍ tcaǎ tcaǏ tcaǐ"
    " tcaǑ tcaǒ tcaǓ tcaǔ tcaǕ tcaǖ tcaǗ tcaǘ tcaǙ tcaǚ tcaǛ tcaǜ tcaǝ tcaǞ tcaǟ tcaǠ tcaǡ"
    " tcaǢ tcaǣ tcaǤ tcaǥ tcaǦ tcaǧ tcaǨ tcaǩ tcaǪ tcaǫ tcaǬ tcaǭ tcaǮ tcaǯ tcaǰ tcaǱ tcaǲ"
    " tcaǳ tcaǴ tcaǵ tcaǶ tcaǷ tcaǸ tcaǹ tcaǺ tcaǻ tcaǼ tcaǽ tcaǾ tcaǿ tcaȀ tcaȁ tcaȂ tcaȃ"
    " tcaȄ tcaȅ tcaȆ tcaȇ tcaȈ tcaȉ tcaȊ tcaȋ tcaȌ tcaȍ tcaȎ tcaȏ tcaȐ tcaȑ tcaȒ tcaȓ tcaȔ"
    " tcaȕ tcaȖ tcaȗ tcaȘ tcaș tcaȚ tcaț tcaȜ tcaȝ tcaȞ tcaȟ tcaȠ tcaȡ tcaȢ tcaȣ tcaȤ tcaȥ"
    " tcaȦ tcaȧ tcaȨ tcaȩ tcaȪ tcaȫ tcaȬ tcaȭ tcaȮ tcaȯ tcaȰ tcaȱ tcaȲ tcaȳ tcaȴ tcaȵ tcaȶ"
    " tcaȷ tcaȸ tcaȹ tcaȺ tcaȻ tcaȼ tcaȽ tcaȾ tcaȿ tcaɀ tcaɁ tcaɂ tcaɃ tcaɄ tcaɅ tcaɆ tcaɇ"
    " tcaɈ tcaɉ tcaɊ tcaɋ tcaɌ tcaɍ tcaɎ tcaɏ tcaɐ tcaɑ tcaɒ tcaɓ tcaɔ tcaɕ tcaɖ tcaɗ tcaɘ"
    " tcaə tcaɚ tcaɛ tcaɜ tcaɝ tcaɞ tcaɟ tcaɠ tcaɡ tcaɢ tcaɣ tcaɤ tcaɥ tcaɦ tcaɧ tcaɨ tcaɩ"
    " tcaɪ tcaɫ tcaɬ tcaɭ tcaɮ tcaɯ tcaɰ tcaɱ tcaɲ tcaɳ tcaɴ tcaɵ tcaɶ tcaɷ tcaɸ tcaɹ tcaɺ"
    " tcaɻ tcaɼ tcaɽ tcaɾ tcaɿ tcaʀ tcaʁ tcaʂ tcaʃ tcaʄ tcaʅ tcaʆ tcaʇ tcaʈ tcaʉ tcaʊ tcaʋ"
    " tcaʌ tcaʍ tcaʎ tcaʏ tcaʐ tcaʑ tcaʒ tcaʓ tcaʔ tcaʕ tcaʖ tcaʗ tcaʘ tcaʙ tcaʚ tcaʛ tcaʜ"
    " tcaʝ tcaʞ tcaʟ tcaʠ tcaʡ tcaʢ tcaʣ tcaʤ tcaʥ tcaʦ tcaʧ tcaʨ tcaʩ tcaʪ tcaʫ tcaʬ tcaʭ"
    " tcaʮ tcaʯ tcaʰ tcaʱ tcaʲ tcaʳ tcaʴ tcaʵ tcaʶ tcaʷ tcaʸ tcaʹ tcaʺ tcaʻ tcaʼ tcaʽ tcaʾ"
    " tcaʿ tcaˀ tcaˁ tcaˆ tcaˇ tcaˈ tcaˉ tcaˊ tcaˋ tcaˌ tcaˍ tcaˎ tcaˏ tcaː tcaˑ tcaˠ tcaˡ"
    " tcaˢ tcaˣ tcaˤ tcaˬ tcaˮ tcaͰ tcaͱ tcaͲ tcaͳ tcaʹ tcaͶ tcaͷ tcaͺ tcaͻ tcaͼ tcaͽ tcaͿ"
    " tcaΆ tcaΈ tcaΉ tcaΊ tcaΌ tcaΎ tcaΏ tcaΐ tcaΑ tcaΒ tcaΓ tcaΔ tcaΕ tcaΖ tcaΗ tcaΘ tcaΙ"
    " tcaΚ tcaΛ tcaΜ tcaΝ tcaΞ tcaΟ tcaΠ tcaΡ tcaΣ tcaΤ tcaΥ tcaΦ tcaΧ tcaΨ tcaΩ tcaΪ tcaΫ"
    " tcaά tcaέ tcaή tcaί tcaΰ tcaα tcaβ tcaγ tcaδ tcaε tcaζ tcaη tcaθ tcaι tcaκ tcaλ tcaμ"
    " tcaν tcaξ tcaο tcaπ tcaρ tcaς tcaσ tcaτ tcaυ tcaφ tcaχ tcaψ tcaω tcaϊ tcaϋ tcaό tcaύ"
    " tcaώ tcaϏ tcaϐ tcaϑ tcaϒ tcaϓ tcaϔ tcaϕ tcaϖ tcaϗ tcaϘ tcaϙ tcaϚ tcaϛ tcaϜ tcaϝ tcaϞ"
    " tcaϟ tcaϠ tcaϡ tcaϢ tcaϣ tcaϤ tcaϥ tcaϦ tcaϧ tcaϨ tcaϩ tcaϪ tcaϫ tcaϬ tcaϭ tcaϮ tcaϯ"
    " tcaϰ tcaϱ tcaϲ tcaϳ tcaϴ tcaϵ tcaϷ tcaϸ tcaϹ tcaϺ tcaϻ tcaϼ tcaϽ tcaϾ tcaϿ tcaЀ tcaЁ"
    " tcaЂ tcaЃ tcaЄ tcaЅ tcaІ tcaЇ tcaЈ tcaЉ tcaЊ tcaЋ tcaЌ tcaЍ tcaЎ tcaЏ tcaА tcaБ tcaВ"
    " tcaГ tcaД tcaЕ tcaЖ tcaЗ tcaИ tcaЙ tcaК tcaЛ tcaМ tcaН tcaО tcaП tcaР tcaС tcaТ tcaУ"
    " tcaФ tcaХ tcaЦ tcaЧ tcaШ tcaЩ tcaЪ tcaЫ tcaЬ tcaЭ tcaЮ tcaЯ tcaа tcaб tcaв tcaг tcaд"
    " tcaе tcaж tcaз tcaи tcaй tcaк tcaл tcaм tcaн tcaо tcaп tcaр tcaс tcaт tcaу tcaф tcaх"
    " tcaц tcaч tcaш tcaщ tcaъ tcaы tcaь tcaэ tcaю tcaя tcaѐ tcaё tcaђ tcaѓ tcaє tcaѕ tcaі"
    " tcaї tcaј tcaљ tcaњ tcaћ tcaќ tcaѝ tcaў tcaџ tcaѠ tcaѡ tcaѢ tcaѣ tcaѤ tcaѥ tcaѦ tcaѧ"
    " tcaѨ tcaѩ tcaѪ tcaѫ tcaѬ tcaѭ tcaѮ tcaѯ tcaѰ tcaѱ tcaѲ tcaѳ tcaѴ tcaѵ tcaѶ tcaѷ tcaѸ"
    " tcaѹ tcaѺ tcaѻ tcaѼ tcaѽ tcaѾ tcaѿ tcaҀ tcaҁ tcaҊ tcaҋ tcaҌ tcaҍ tcaҎ tcaҏ tcaҐ tcaґ"
    " tcaҒ tcaғ tcaҔ tcaҕ tcaҖ tcaҗ tcaҘ tcaҙ tcaҚ tcaқ tcaҜ tcaҝ tcaҞ tcaҟ tcaҠ tcaҡ tcaҢ"
    " tcaң tcaҤ tcaҥ tcaҦ tcaҧ tcaҨ tcaҩ tcaҪ tcaҫ tcaҬ tcaҭ tcaҮ tcaү ten tetr thir thre took"
    " tret tric trif trim twel twen two tyle vita warf zinc",
    rf"(?:{_NUMBER}{_WEIGHT}\b"
    rf"|{_NUMBER}{_AMOUNT}(?=[^\n?]{{0,40}}?\b{_DRUG}\b)"
    rf"|{_DRUG}\b[^\n?\d]{{0,25}}{_NUMBER}{_AMOUNT}"
    rf"|{_DRUG} (?:gel |cream |is |at |of )?\d?[.,]\d{{1,3}}"
    rf"|{_TAKING} (?:[a-z']{{1,10}} ){{0,2}}{_NUMBER} ?(?:[a-z]{{1,12}} ){{0,2}}{_COUNTED}\b"
    rf"|(?:\d{{1,4}}|two|three|four|five|six) {_DRUG}\b(?! (?:products|creams)))",
)

_MEDICINE: Final = (
    rf"(?:{_DRUG}|med(?:s|ications?|icines?)|pills?|tablets?|capsules|prescriptions?|prescribed"
    r"|doses?|treatment|blood (?:thinners?|pressure)|steroid cream|cream (?:that )?(?:your|my"
    r"|the|his|her) (?:doctor|derm))"
)
_STOP: Final = (
    r"(?:stop(?:s|ped|ping)?|quit(?:s|ting)?|discontinu(?:e|ed|ing)|ditch(?:ed|ing)?|bin(?:ned)?"
    r"|skip(?:s|ped|ping)?|refus(?:e|ed|ing)|flush(?:ed)?|dump(?:ed)?|halv(?:e|ed|ing)"
    r"|(?:com(?:e|es|ing)|came|get|got|getting|go|went|going|wean(?:ed)?) (?:[a-z]{1,9} )?off"
    r"|(?:took|take|taking) (?:[a-z]{1,9} ){1,3}off"
    r"|(?:throw|threw|thrown|chuck(?:ed)?) (?:away|out)|g[ai]ve up|no longer (?:take|use|need)"
    r"|drop(?:ped)?(?= (?:the|your|my|those|these))|leave|left"
    r"|leav(?:e|ing) out"
    r"|left out|(?:take|took|taking) a break from"
    r"|paus(?:e|ed|ing)|lay off|laid off|never finished|(?:don't|do not) bother with"
    r"|(?:do not|don't|didn't|never|nobody should(?: be)?|no one should(?: be)?|shouldn't(?: be)?"
    r"|nobody needs to) (?:take|taking|need|finish)|(?:don't|do not) need)"
)
# "Stop worrying, it needs no treatment" stops none.
_BETWEEN: Final = (
    r"(?!(?!taking|using|putting|applying|having|swallowing)[a-z]{2,12}ing\b|no )[a-z',]{1,14}"
)
_STOPS: Final = Phrases(
    "accu acet adap amox anti aspi azel azit benz beta bin binn bloo came caps ceti chuc clin"
    " clob come comi cort crea didn diff disc ditc do don dose doxy drop dump emla eryt flus"
    " gave get gett give glyc go goin got halv hydr ibup insu isot iver lact laid lay leav"
    " left lido mand medi meds metf meth metr mino neve no nobo para paus pero pill pred pres"
    " quit refu reti roac sali shou skip spir ster stop tabl take taki taza tca tca0 tcad tcai"
    " tetr thre thro took trea tret tric trif trim tyle vita warf wean went zinc",
    rf"{_STOP} (?:{_BETWEEN} ){{0,4}}?{_MEDICINE}\b"
    rf"|(?:throw|threw|thrown|chuck(?:ed)?) (?:{_BETWEEN} ){{0,5}}?{_MEDICINE} (?:away|out)"
    rf"|{_MEDICINE}\b[^\n?]{{0,30}}\b(?:in the (?:drawer|bin)|down the (?:toilet|drain))",
)
_STOPS_IT: Final = Phrases(
    "bin binn came chuc come didn ditc dump flus gave get give go got just neve put quit skip"
    " stop thre thro went",
    r"(?:(?:stop(?:ped)?|quit|ditch(?:ed)?|bin(?:ned)?|dump(?:ed)?|flush(?:ed)?|c[ao]me off"
    r"|(?:got|get) off|g[ai]ve up|didn't finish|never finished|skip(?:ped)?)(?: taking| using)?"
    r" (?:mine|them|it|these|those|both|all of (?:it|them)|early|halfway|altogether)"
    r"|(?:throw|threw|chuck(?:ed)?|put|flush(?:ed)?) (?:it|them|mine) (?:all )?(?:away|in the bin"
    r"|into the bin|in the trash|down the)|(?:quit|stop(?:ped)?|went|go),? cold turkey|just quit)",
)
# What the words above stand for must be named in the sentence, or shortly before.
_BEFORE: Final = 160
_MEDICINE_IN: Final = re.compile(rf"\b{_MEDICINE}\b")
_WITH_CARE: Final = re.compile(
    r"\b(?:told (?:her|him|them|me) (?:not )?to (?:ring|call|ask|see|phone)|(?:practice|surgery"
    r"|doctor|gp|clinic|pharmacist) first|without (?:asking|talking|speaking|consulting|seeing)"
    r"|unless|as prescribed"
    r"|(?:ask|talk to|speak to) (?:your|the|a|my) )"
)
_DENIAL_INSIDE: Final = re.compile(r"(?:do not|don't|didn't|never|nobody|no one|shouldn't)\b")
_NOT_A_MEDICINE: Final = re.compile(
    r"\b(?:photos?|pictures?|make-?up|dairy|sugar|eating|smoking|wearing|scrubbing|sunscreen)\b"
)

_BABY: Final = re.compile(
    r"\b(?:bab(?:y|ies)(?:'s|s')?(?! (?:oil|wipes?|face\b|powder|shampoo|blues|hair|number))"
    r"|(?:first|second|third|son|daughter|boy|girl|twins|child|kid) w(?:as|ere) born"
    r"|newborns?(?:'s)?|infants?(?:'s)?|toddlers?(?:'s)?|neonates?|little ones?(?:'s)?"
    r"|(?:\d{1,2}|one|two|three|four|five|six|seven|eight|ten|few)"
    r"[- ](?:day|week|month)s?[- ]old)\b"
)
# One of these stands wherever a baby is named; looking for them is quicker.
_TRACES: Final = ("bab", "born", "infant", "toddler", "neonate", "little one", " old", "-old")
_NO_BABY: Final = re.compile(
    r"\b(?:(?:after|since|before) (?:the|my|our|i) (?:\w{1,10} ){0,2}(?:was|were|is|came)"
    r"|as soft as|like a baby|i baby|baby my)\b"
)
_ON_ONESELF: Final = re.compile(
    r"\b(?:i|mine|myself|me|you|your|my (?:own|face|skin|eyes?|cheeks?|nose|lids?|chin|milia))\b"
)
_OF_ANOTHER: Final = re.compile(r"\b(?:his|her|him)\b")
_SUBSTANCE: Final = (
    r"(?:creams?|oils?|(?:breast ?)?milk|ointments?|lotions?|retinols?|acids?|peroxide|vinegar"
    r"|honey|toothpaste|juice|drops|scrubs?|cleansers?|remed(?:y|ies)|hydrocortisone|cortisone"
    r"|anti-?fungals?|antihistamines?|antibiotics?|adapalene|steroids?|zinc|powder|starch"
    r"|vitamins?|vitamin d|soap|balm|salve|paste|medicine)"
)
_TREATING: Final = (
    r"(?:treat(?:s|ed|ing)?|rub(?:s|bed|bing)?|scrub(?:s|bed|bing)?|squeez(?:e|ed|ing)"
    r"|pop(?:s|ped|ping)?(?! up)|prick(?:ed|ing)?|pick(?:ed|ing)? at|dab(?:bed)?|smear(?:ed)?"
    r"|massag(?:e|ed|ing)|appl(?:y|ied|ying)|exfoliat(?:e|ed|ing)|steam(?:ed)?|dust(?:ed)?)"
)
_TREATMENTS: Final = Phrases(
    "acid adap anti appl balm brea clea cort crea dab dabb drop dust exfo hone hydr juic loti"
    " mass medi milk oil oils oint past pero pick pop popp pops powd pric reme reti rub rubb"
    " rubs salv scru smea soap sque star stea ster toot trea vine vita zinc",
    rf"(?:{_SUBSTANCE}|{_TREATING})",
)


def dose(reading: Reading) -> Reason | None:
    """An amount of a medicine, or a medicine's name beside a number."""
    found = advice("dose", reading, _DOSES.find(reading), _any)
    if found is None:
        return None
    code, spans = found
    if code == "dose_asked":
        return lead(code, _("Asks about an amount of a medicine."), spans)
    return lead(code, _("Names an amount of a medicine."), spans)


def stop_medicine(reading: Reading) -> Reason | None:
    """Ending a treatment, done or advised."""
    named = _STOPS.find(reading)
    meant = [each for each in _STOPS_IT.find(reading) if _means_medicine(reading, each)]
    found = advice("stop_medicine", reading, [*named, *meant], _stops)
    if found is None:
        return None
    code, spans = found
    if code == "stop_medicine_asked":
        return lead(code, _("Asks about stopping a medicine."), spans)
    return lead(code, _("Speaks of stopping a medicine."), spans)


def babies(reading: Reading) -> Reason | None:
    """Something put on, given to or done to a baby."""
    if not any(trace in reading.folded for trace in _TRACES):
        return None
    found = advice("babies", reading, _TREATMENTS.find(reading), _treats_baby)
    if found is None:
        return None
    code, spans = found
    if code == "babies_asked":
        return lead(code, _("Asks about the treatment of a baby."), spans)
    return lead(code, _("Speaks of the treatment of a baby."), spans)


def _any(_reading: Reading, _sentence: Sentence, _match: re.Match[str]) -> bool:
    return True


def _stops(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    if sentence.asks:
        return True
    if reading.has(sentence, _WITH_CARE) or _NOT_A_MEDICINE.search(match[0]):
        return False
    if _DENIAL_INSIDE.match(match[0]):
        return True
    start = match.start()
    if by_professional(reading, sentence, start, behind=False):
        return False
    return not denied(reading, sentence, start, match.end(), later=False)


def _means_medicine(reading: Reading, match: re.Match[str]) -> bool:
    """Whether "it" in "I binned it" is a medicine, as far as one can tell."""
    sentence = reading.sentence(match.start())
    before = max(0, match.start() - _BEFORE)
    return bool(_MEDICINE_IN.search(reading.folded, before, sentence.end))


def _treats_baby(reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    if reading.has(sentence, _NO_BABY) or not _is_about_baby(reading, sentence):
        return False
    if sentence.asks:
        return True
    if by_professional(reading, sentence, match.start()):
        return False
    return not denied(reading, sentence, match.start(), match.end())


def _is_about_baby(reading: Reading, sentence: Sentence) -> bool:
    """Whether a baby is named in the sentence, or shortly before and it is not on the writer."""
    if reading.has(sentence, _BABY):
        return True
    before = max(0, sentence.start - _BEFORE)
    named = _BABY.search(reading.folded, before, sentence.start)
    if not named:
        return False
    return reading.has(sentence, _OF_ANOTHER) or not reading.has(sentence, _ON_ONESELF)
