# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences in scripts that are not Latin, out of a few dozen words each. What
they say is as little as what words.Prose says."""

from .words import Writer

HEBREW = {
    "nouns": "הספינה הנמל הארכיון המכתב המנורה הגשר השוק הנהר החורף החלון הפעמון"
             " הספר הקורא הדפוס הנייר המפתח הסולם השעון המגדל הרציף המחסן הדו״ח",
    "verbs": "מצא ספר מדד העתיק פתח סגר תיקן ראה תיאר השווה הציע שמר החזיר שלח",
    "adjectives": "הישן הקטן הכבד השקט הראשון הצר המאוחר הרחב השבור האחרון",
    "links": "עם ליד בלי תחת אחרי לפני על אל מן",
    "and": "וגם אבל כאשר כי אולם", "stop": ".", "comma": ","}
ARABIC = {
    "nouns": "السفينة الميناء الأرشيف الرسالة المصباح الجسر السوق النهر الشتاء"
             " النافذة الجرس الكتاب القارئ المطبعة الورقة المفتاح السلم الساعة"
             " البرج الرصيف المخزن التقرير الأسئلة",
    "verbs": "وجد حمل قاس نسخ فتح أغلق أصلح رأى وصف قارن عرض حفظ أعاد أرسل",
    "adjectives": "القديم الصغير الثقيل الهادئ الأول الضيق المتأخر الواسع الأخير",
    "links": "مع قرب بدون تحت بعد قبل على إلى من",
    "and": "ولكن بينما لأن حيث", "stop": ".", "comma": "،"}

JAPANESE = {
    "nouns": "船 港 記録 手紙 灯台 橋 市場 川 冬 窓 鐘 本 読者 印刷所 紙 鍵 時計 塔 倉庫"
             " 報告書 エンジン ストーブ インク ページ",
    "adjectives": "古い 小さな 重い 静かな 最初の 狭い 広い 壊れた 最後の",
    "verbs": "見つけました 数えました 測りました 写しました 開けました 閉めました"
             " 直しました 比べました 守りました 送りました"}
CHINESE = {
    "nouns": "渡船 港口 档案 信件 灯塔 桥梁 市场 河流 冬天 窗户 铜钟 书本 读者 印刷厂 纸张"
             " 钥匙 时钟 高塔 仓库 报告 引擎 火炉 墨水 页边",
    "adjectives": "古老的 小小的 沉重的 安静的 最初的 狭窄的 宽阔的 破损的 最后的",
    "verbs": "找到了 数过了 测量了 抄写了 打开了 关上了 修理了 比较了 保存了 寄出了"}
KOREAN = {
    "nouns": "배 항구 기록 편지 등대 다리 시장 강 겨울 창문 종 책 독자 인쇄소 종이 열쇠"
             " 시계 탑 창고 보고서 엔진 난로 잉크",
    "adjectives": "오래된 작은 무거운 조용한 첫 좁은 넓은 부서진 마지막",
    "verbs": "찾았다 세었다 쟀다 베꼈다 열었다 닫았다 고쳤다 비교했다 지켰다 보냈다"}


class Tongue(Writer):
    """WORDS of one script, seeded."""

    def __init__(self, words, seed):
        self.kinds = {kind: text.split() for kind, text in words.items()}
        super().__init__(seed)

    def one(self, kind):
        return self.rng.choice(self.kinds[kind])


class Semitic(Tongue):
    """Hebrew and Arabic; LATIN is the share of names and terms in Latin
    letters, DIGITS that of numbers."""

    LATIN = ["Unicode", "Postscript", "Linux", "Harbour Office", "ISO", "London"]
    glue = " "

    def __init__(self, words, seed, latin=0.0, digits=0.06):
        super().__init__(words, seed)
        self.latin, self.digits = latin, digits

    def phrase(self):
        words = [self.one("nouns")]
        if self.rng.random() < 0.5:
            words.append(self.one("adjectives"))
        if self.rng.random() < self.latin:
            words += self.rng.choice(self.LATIN).split()
        if self.rng.random() < self.digits:
            words.append(str(self.rng.randrange(2, 2024)))
        return words

    def clause(self):
        words = [self.one("verbs"), *self.phrase()]
        while self.rng.random() < 0.6:
            words += [self.one("links"), *self.phrase()]
        return words

    def sentence(self):
        words = self.clause()
        if self.rng.random() < 0.6:
            words[-1] += self.one("comma")
            words += [self.one("and"), *self.clause()]
        words[-1] += self.one("stop")
        return words

    def heading(self):
        return self.phrase()


class Eastern(Tongue):
    """Japanese, Chinese and Korean."""

    def __init__(self, words, seed, glue=""):
        super().__init__(words, seed)
        self.glue = glue

    def sentence(self):
        if self.kinds["nouns"][0] == "船":
            sentence = [self.one("adjectives"), self.one("nouns"), "は"]
            if self.rng.random() < 0.5:
                sentence += [self.one("nouns"), "の"]
            sentence += [self.one("nouns"), "を", self.one("verbs")]
            if self.rng.random() < 0.3:
                sentence[2] = "は、"
            return sentence[:-1] + [sentence[-1] + "。"]
        if self.kinds["nouns"][0] == "渡船":
            return [self.one("adjectives"), self.one("nouns"), "在",
                    self.one("nouns"), "旁边", self.one("verbs"),
                    self.one("adjectives"), self.one("nouns") +
                    self.rng.choice("。。，")]
        return [self.one("adjectives"), self.one("nouns") + "에서",
                self.one("adjectives"), self.one("nouns") + "만",
                self.one("verbs") + "."]

    def words(self, least):
        words = super().words(least)
        words[-1] = words[-1].replace("，", "。")
        # Where there are no blanks a line may end after any character.
        return words if self.glue else list("".join(words))

    def heading(self):
        return [self.one("adjectives"), self.one("nouns")]


def hebrew(seed, latin=0.0):
    return Semitic(HEBREW, seed, latin)


def arabic(seed, latin=0.0):
    return Semitic(ARABIC, seed, latin)


def japanese(seed):
    return Eastern(JAPANESE, seed)


def chinese(seed):
    return Eastern(CHINESE, seed)


def korean(seed):
    return Eastern(KOREAN, seed, " ")
