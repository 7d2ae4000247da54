"""Pages that are no articles: what asks for consent, checks who reads, says that there is nothing, or only leads on.

Servers send them in the place of an article and call them a success. They are known by what they are: hardly any prose,
and that of the matter of such pages, in the words that the languages of the web have for it. An article of some length
is never taken for one, whatever it is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.readers.page.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Words of prose from which a page is an article; of a consent form, which is long, more.
_ENOUGH, _ENOUGH_OF_CONSENT = 120, 400
#: Words up to which an article that is kept for subscribers is an excerpt.
_EXCERPT = 150

_CHECK = re.compile(
    r"(?:verify|confirm|make sure|check)\w{0,5}\s(?:that\s)?(?:if\s)?you(?:['’]re"
    r"|\sare)\s(?:not\s)?(?:a\s)?(?:human|robot|bot|person)"
    r"|(?:not|are you|kein|pas un|un|не|een) (?:a )?ro?bot(?:er|e)?\b|soy un robot|robô|robot değil|jestem robotem"
    r"|checking your browser|just a moment|enable (?:javascript|cookies) (?:and|to)|captcha|unusual (?:traffic"
    r"|activity)"
    r"|ddos protection|access (?:denied|to this page has been)|request (?:was )?blocked|pardon our interruption"
    r"|javascript (?:is (?:disabled|required)|aktivieren|activ|inschakelen|habilit)|zugriff verweigert|accès refusé"
    r"|acceso denegado|accesso negato|доступ (?:запрещ|огранич)|ロボットでは|人机验证|人機驗證|安全验证|로봇이 아닙"
    r"|أنك لست|אינך רובוט",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b404\b|\b410\b|(?:page|article|story|file|content)(?: you\W\w+(?: \w+){0,4})? (?:was |is |could "
    r"|can )?(?:not |n[o']t )?(?:be )?"
    r"(?:found|no longer (?:available|exists?)|unavailable|does(?: not|n['’]t) exist)|page cannot be found|not found"
    r"|nicht gefunden|nicht (?:mehr )?(?:verfügbar|vorhanden)|introuvable|n['’]existe (?:pas|plus)"
    r"|no (?:se ha )?encontrad"
    r"|no existe|não (?:foi )?encontrad|non (?:è stata )?trovat|niet gevonden|hittades inte|ikke fundet|(?:fant"
    r"|finner) ikke"
    r"|ikke funnet|ei löyt|nie znaleziono|nie istnieje|nenalezen|nebola nájden|nem található|nu a fost găsit"
    r"|bulunamadı"
    r"|не найден|не знайдено|не е намерен|није пронађен|nije pronađen|δεν βρέθηκε|không tìm thấy"
    r"|tidak ditemukan|ไม่พบ"
    r"|页面不存在|找不到|頁面不存在|見つかりません|찾을 수 없|غير موجود|לא נמצא|یافت نشد|नहीं मिला",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie|consent|\bgdpr\b|privacy (?:policy|settings|choices)|personal(?:ised|ized) (?:ads|content|advertising)"
    r"|our (?:\d+ )?partners|einwillig|zustimm|datenschutz|akzeptier|partnern|vie privée|accepte[rz]"
    r"|consentement|partenaires"
    r"|consentimiento|privacidad|socios|aceptar|privacidade|parceiros|consenso|accetta|toestemming|akkoord|samtyck"
    r"|samtykk|evästeet|evästeit|zgod[ęya]|ciastecz|souhlas|süti|hozzájárul|consimțământ|çerez|файл\w* cookie|согласи"
    r"|конфиденциальност|クッキー|同意|隐私|隱私|쿠키|동의|ملفات تعريف|הסכמ",
    re.IGNORECASE,
)
_SUBSCRIBE = re.compile(
    r"(?:subscribe|sign (?:in|up)|log in|register)\b[^.]{0,60}\b(?:continue|read|unlock|access|keep reading)"
    r"|(?:continue|keep) reading (?:for|with)|(?:for|to) subscribers only|subscriber[- ]only|already a subscriber"
    r"|jetzt (?:weiterlesen|abonnieren|testen)|weiterlesen mit|(?:mit|für) abonnenten|abo abschließen"
    r"|bereits abonnent"
    r"|(?:réservé|réservée)s? aux abonnés|déjà abonné|abonnez-vous|suscr[íi]bete|(?:para"
    r"|exclusivo) (?:suscriptores|assinantes)"
    r"|assine (?:para|já)|abbonati|riservato agli abbonati|lees verder|alleen voor abonnees|(?:für|for"
    r"|för) (?:prenumeranter|abonnenter)"
    r"|czytaj dalej|dla prenumeratorów|только (?:для|по) подпис|оформите подписку|有料会員|会員限定|订阅|訂閱|구독",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(r"\s*\d+(?:\.\d*)?\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"'\s]{1,500})", re.IGNORECASE)
_CHARACTER = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def refuse_walls(tree: HtmlElement, title: str, paragraphs: Sequence[str]) -> None:
    """Raises SourceError where the page, with these paragraphs found in it, is no article."""
    words = sum(map(_length, paragraphs))
    if words >= _ENOUGH_OF_CONSENT:
        return
    about_consent = sum(_length(text) for text in paragraphs if _CONSENT.search(text))
    if paragraphs and about_consent > 0.5 * words:
        raise _no_article("the page asks for consent to cookies, and shows no article", "save the page in a browser")
    if words >= _ENOUGH:
        return
    heads = [title, *(" ".join(heading.text_content().split()) for heading in tree.iter("h1", "h2"))]
    if any(_CHECK.search(text) for text in (*heads, *paragraphs)):
        raise _no_article("the page checks whether a person reads it, and shows no article", "save it in a browser")
    if any(_MISSING.search(head) for head in heads if len(head) < 100):
        raise _no_article("the page says that there is no such page", "check the address")
    for meta in tree.iter("meta"):
        leads = _LEADS_ON.match(meta.get("content", "")) if meta.get("http-equiv", "").lower() == "refresh" else None
        if leads and words < _ENOUGH // 2:
            raise _no_article("the page only leads on to another", f"give the address that it leads to ({leads[1]})")


def is_excerpt(tree: HtmlElement, stated: Structured, paragraphs: Sequence[str]) -> bool:
    """Whether what is read is the beginning of an article that is kept for subscribers."""
    if sum(map(_length, paragraphs)) >= _EXCERPT:
        return False
    closed = any(str(thing.get("isAccessibleForFree")).strip().lower() == "false" for thing in stated.articles)
    return closed or any(_SUBSCRIBE.search(text) for text in (*paragraphs, *_calls(tree)))


def _calls(tree: HtmlElement) -> list[str]:
    """What the page asks of its reader beside the text: short lines and buttons."""
    found = (" ".join(element.text_content().split()) for element in tree.iter("p", "h2", "h3", "h4", "a", "button"))
    return [text for text in found if 5 <= len(text) <= 160]


def _length(text: str) -> int:
    """Words; of scripts without spaces, half their characters."""
    return len(text.split()) + len(_CHARACTER.findall(text)) // 2


def _no_article(what: str, remedy: str) -> SourceError:
    return SourceError(what, remedy=remedy)
