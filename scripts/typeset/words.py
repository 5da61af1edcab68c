# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeded prose: sentences that nobody has written, of words that exist. Each
document has a vocabulary of its own, which it repeats as real ones do: that is
what de-hyphenation may lean on."""

import pathlib
import random
import re

DICTIONARY = "/usr/share/dict/american-english"

# Endings tell what a word is well enough for sentences of this sort.
NOUN = ("tion", "ment", "ness", "ance", "ence", "ship", "ture", "logy", "ity")
ADJECTIVE = ("ous", "ive", "able", "ical", "less", "ful", "ary")
VERB = ("ed",)
ADVERB = ("ly",)

NOUNS = """harbour ferry ledger archive lamp letter market bridge crate river
winter window bell keeper report figure paper account measure river engine oil
passenger stove shelf number promise folder boat reader margin printer office
affair offer officer field flow fish fire filter flame flock floor""".split()
ADJECTIVES = """old small heavy quiet first narrow common later public broken
wide early careful final difficult efficient effective official""".split()
VERBS = """found carried counted kept measured weighed copied opened closed
moved heated repaired noticed described compared offered confined affected
reflected defined specified classified influenced""".split()
COMPOUNDS = """well-known long-term so-called self-contained two-thirds
cross-reference half-empty old-fashioned state-of-the-art high-water
re-elected twenty-four third-party part-time ice-free light-house-keeper
non-linear short-lived mother-in-law Saxe-Coburg""".split()
NAMES = """Müller García Søren Ångström Björk Núñez François Łukasz Renée
O’Brien Adams Whitlock Marchetti Okafor Tanaka Ellis Brandt""".split()
PREPOSITIONS = """of in on near under beside behind before after without for
with against through across from""".split()
LINKS = ["and", "but", "while", "because", "although", "since", "so that"]
ASIDES = ["in the end", "as far as we know", "at least once", "by and large",
          "for the time being", "more often than not"]


# Parts of words that nobody wants to meet in a sample.
UNFIT = re.compile("sex|mast[ui]|rap|nak|whor|slut|nazi|fag|nig|turd|shit|fuck|piss|"
                   "cock|ere?ct|prosti|perver|urin|excre|geni|orgas|ejac|incest|"
                   "homo|lesb|racis|terror|murd|suici|fart|breast|virgin|nud|"
                   "coi|copul|bastar|bitch|damn|castr|impot|sadis|sodo")


def dictionary():
    words = []
    for line in pathlib.Path(DICTIONARY).read_text(encoding="utf-8").split():
        if line.isascii() and line.isalpha() and line.islower() and (
                len(line) > 4 and not UNFIT.search(line)):
            words.append(line)
    return words


class Writer:
    """What can make a sentence() goes on for as long as is asked; seeded."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def words(self, least):
        """Whole sentences of together at least LEAST words."""
        words = []
        while len(words) < least:
            words += self.sentence()
        return words


class Prose(Writer):
    """Sentences, names and figures out of one SEED."""

    all_words = None

    def __init__(self, seed):
        super().__init__(seed)
        Prose.all_words = Prose.all_words or dictionary()
        self.nouns = NOUNS + self.some(NOUN, 90)
        self.adjectives = ADJECTIVES + self.some(ADJECTIVE, 60)
        self.verbs = VERBS + self.some(VERB, 60)
        self.adverbs = self.some(ADVERB, 25)
        self.compounds = self.rng.sample(COMPOUNDS, 7)
        for words in (self.nouns, self.adjectives, self.verbs):
            self.rng.shuffle(words)

    def some(self, endings, count):
        fitting = [w for w in self.all_words if w.endswith(endings)]
        return self.rng.sample(fitting, count)

    def pick(self, words):
        """The first words of a list are the frequent ones."""
        return words[int(len(words) * self.rng.random() ** 2)]

    def chance(self, share):
        return self.rng.random() < share

    def noun_phrase(self):
        words = [self.rng.choice(["the", "a", "the", "this", "each", "some"])]
        if self.chance(0.12):
            words.append(self.rng.choice(self.compounds))
        elif self.chance(0.5):
            words.append(self.pick(self.adjectives))
        words.append(self.pick(self.nouns))
        if words[0] == "a" and words[1][0] in "aeiou":
            words[0] = "an"
        return words

    def clause(self):
        words = self.noun_phrase()
        if self.chance(0.08):
            words = [self.rng.choice(NAMES)]
        if self.chance(0.2):
            words.append(self.pick(self.adverbs))
        words += [self.pick(self.verbs), *self.noun_phrase()]
        while self.chance(0.45):
            words += [self.rng.choice(PREPOSITIONS), *self.noun_phrase()]
        if self.chance(0.1):
            words += ["in", str(self.rng.randrange(1650, 2024))]
        return words

    def sentence(self):
        """As a list of words."""
        words = self.clause()
        if self.chance(0.5):
            words[-1] += ","
            words += [*self.rng.choice(LINKS).split(), *self.clause()]
        elif self.chance(0.15):
            words += ["(" + (aside := self.rng.choice(ASIDES).split())[0],
                      *aside[1:-1], aside[-1] + ")"]
        elif self.chance(0.12):
            words += ["–", *self.noun_phrase(), "–", *self.clause()]
        elif self.chance(0.1):
            quoted = self.noun_phrase()
            words += ["called", "“" + quoted[0], *quoted[1:-1], quoted[-1] + "”"]
        elif self.chance(0.1):
            words += ["by", f"{self.rng.randrange(2, 98)}.{self.rng.randrange(10)}%"]
        words[0] = words[0][0].upper() + words[0][1:]
        words[-1] += "."
        return words

    def heading(self):
        words = self.noun_phrase()[1:]
        if self.chance(0.6):
            words += [self.rng.choice(["of", "and", "in", "without"]),
                      *self.noun_phrase()[1:]]
        words[0] = words[0][0].upper() + words[0][1:]
        return words

    def title(self, words=6):
        title = self.heading()
        while len(title) < words:
            title += ["and", *self.heading()]
        return [w if w in ("of", "and", "in", "without")
                else w[0].upper() + w[1:] for w in title]

    def name(self):
        return f"{self.rng.choice('ABCDEFGHJKLMNPRSTV')}. {self.rng.choice(NAMES)}"

    def amount(self, most=99999):
        """A figure as in an account; some are losses, some are nothing."""
        if self.chance(0.05):
            return "—"
        value = self.rng.randrange(2, most)
        return f"({value:,})" if self.chance(0.2) else f"{value:,}"
