"""What stands before a date in the head of an article, by language: that it was published then, changed then, or by
whom it was written. Each is a past participle or a noun of the verb; what is not listed says nothing.
"""

from __future__ import annotations

import re

_PUBLISHED = """published posted issued dated date released
    veröffentlicht publiziert erschienen datum  publié publiée paru parue publicado publicada fecha postado data
    pubblicato pubblicata gepubliceerd geplaatst publicerad publicerat udgivet offentliggjort publisert julkaistu
    opublikowano dodano publikacja vydáno publikováno zveřejněno publikované zverejnené megjelent közzétéve publicat
    publicată objavljeno objavljen yayınlanma yayınlandı yayın опубликовано опубликована дата опубліковано публикувано
    публикувана објављено δημοσιεύτηκε δημοσίευση نُشر نشر النشر پخش انتشار פורסם प्रकाशित dipublikasikan diterbitkan
    terbit diterbitkan tayang đăng เผยแพร่ 发布 发布时间 发表 發布 發表 發佈 公開 公開日 掲載 配信 投稿 発行
    입력 등록 게시 발행 기사입력"""
_UPDATED = """updated update modified edited revised changed amended
    aktualisiert geändert bearbeitet mis modifié modifiée actualisé actualizado actualizada actualización modificado
    atualizado atualizada atualização aggiornato aggiornata aggiornamento bijgewerkt gewijzigd uppdaterad uppdaterat
    opdateret oppdatert päivitetty muokattu zaktualizowano aktualizacja aktualizováno aktualizace aktualizované
    frissítve módosítva actualizat actualizată ažurirano güncelleme güncellendi обновлено изменено обновлена оновлено
    обновен ажурирано ενημερώθηκε ενημέρωση التحديث تحديث تعديل بروزرسانی עודכן עדכון अपडेट अद्यतन diperbarui
    cập อัปเดต แก้ไข 更新 更新日 更新时间 更新時間 修改 수정 업데이트 최종수정"""
#: "On", "am", "le": between the label and the date.
_ON = "on at am um le la el em il del den de op dne dnia o od в във на στις في ב ngày lúc เมื่อ zuletzt last"
_BY = "by von par por di da door av af autor od przez от автор από text words"


def _any(words: str) -> str:
    """One of the words, the longest first; those of Latin and kindred letters as whole words."""
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))


_NO_LETTER_BEFORE, _NO_LETTER_BEHIND = r"(?<![^\W\d_])", r"(?=[\W\d_]|$)"
PUBLISHED = re.compile(
    rf"(?:first\s|erstmals\s|originally\s|artikel\s|data\s|ngày\s|تم\s|تاريخ\s)?(?:{_any(_PUBLISHED)}){_NO_LETTER_BEHIND}"
    rf"\s*(?::|：)?\s*(?:(?:{_any(_ON)}){_NO_LETTER_BEHIND}\s*)?(?::|：)?\s*",
    re.IGNORECASE,
)
UPDATED = re.compile(rf"{_NO_LETTER_BEFORE}(?:{_any(_UPDATED)}){_NO_LETTER_BEHIND}", re.IGNORECASE)
#: Where another label begins: the words that may stand before it go with it ("Last modified on", "Mis à jour").
BEGINS = re.compile(
    rf"{_NO_LETTER_BEFORE}(?=(?:(?:last|zuletzt|dernière|última|ultimo|ultima|senast|sist|laatst|ostatnia)\s)?"
    rf"(?:{_any(_PUBLISHED)}|{_any(_UPDATED)}){_NO_LETTER_BEHIND})",
    re.IGNORECASE,
)
BY = re.compile(rf"(?:{_any(_BY)})\s*:?\s+(?=\S)", re.IGNORECASE)
