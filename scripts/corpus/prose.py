# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the sample documents: written for them, in five languages,
and a generator of any amount of dull but repeatable English."""

PARAGRAPHS = [
    """The ferry leaves the harbour at six, before the gulls are awake. Its
    engine has been rebuilt twice and its bell has never been in tune. On board
    there are four benches, a stove, and a shelf with books that passengers
    leave behind. Nobody has ever counted them.""",
    """A ledger is a promise about the past. Each line says that something
    happened, on a day, for a sum, and that somebody was there to write it
    down. When a page is torn out the numbers on either side of it stop
    agreeing, and the gap can be read almost as well as the page.""",
    """To brew tea on a moving boat, fill the pot only by half. Put the lid on
    before the water boils, hold the handle towards the stern, and pour while
    the hull rises. What is spilled belongs to the sea and is not discussed.""",
    """The lighthouse keeper wrote two reports a week. The first one told of
    wind, oil and visibility; the second, which nobody had asked for, told of
    birds. After forty years only the second one was still being read.""",
    """Rope is measured twice and cut once. Wire is measured once and cut
    twice, because nobody believes the first cut. Chain is not cut at all: it
    is lent, and comes back shorter.""",
    """In winter the archive is heated to eleven degrees. Paper likes that and
    readers do not, so the reading room has a rule: whoever finds a misplaced
    folder may sit beside the stove until noon.""",
]

SENTENCES = [
    "The tide table hangs beside the door.",
    "Every crate was weighed, numbered and sealed.",
    "No ship had entered the bay since the first frost.",
    "The clerk copied the figures in a round, patient hand.",
    "Two of the lamps were dark, and the third was moved.",
    "A letter arrived with the stamp of another harbour.",
    "They agreed on the price before they agreed on the goods.",
    "The map shows a road where there is only a wall.",
    "Rain had softened the ink but spared the dates.",
    "Someone had drawn a small boat in the margin.",
    "The inventory ends with a broken clock and a ladder.",
    "Half of the barrels held vinegar instead of wine.",
    "She read the list aloud, and nobody contradicted her.",
    "The key fits every lock except its own.",
    "At noon the market closed without a word.",
    "The bridge was repaired with planks from the old stage.",
]

GERMAN = """Der Kahn liegt seit März am Ufer und wird täglich größer, behauptet
die Müllerin. Wer ihn kürzt, müsse für die Späne bezahlen. Über Nacht fällt Schnee,
und früh am Morgen führt eine Fährte von der Tür bis zur Brücke."""

FRENCH = """Le garçon a laissé son cahier près de la fenêtre. L’été dernier, il
y notait déjà l’heure des marées, la hauteur de l’eau et le nom des bateaux.
« Rien ne presse », disait-il — et le port entier lui donnait raison. Un thé coûte
trois € et l’œuf une demi-pièce…"""

RUSSIAN = """Старый паром уходит из гавани в шесть часов утра. Двигатель дважды
чинили, а колокол ни разу не настраивали. На палубе стоят четыре скамьи, печка и
полка с книгами, которые забыли пассажиры. Никто их никогда не считал."""

JAPANESE = """古い渡し船は朝六時に港を出ます。エンジンは二度修理されましたが、鐘の音は一度も
合ったことがありません。甲板には四つの長椅子とストーブ、そして乗客が忘れた本の棚があります。
だれもその数を数えたことはありません。"""

GREEK = "Το πλοίο φεύγει στις έξι το πρωί."


def folded(text):
    """One paragraph as one line."""
    return " ".join(text.split())


def wrapped(text, width):
    """Lines of at most WIDTH characters."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line] if line else lines


class Dull:
    """Sentences in an order that looks random and never changes."""

    def __init__(self, seed):
        self.state = seed * 2654435761 % 2**32

    def number(self, below):
        # Numerical Recipes' 32-bit generator; the low bits are poor.
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state >> 16) % below

    def paragraph(self, sentences):
        return " ".join(
            SENTENCES[self.number(len(SENTENCES))] for _ in range(sentences))
