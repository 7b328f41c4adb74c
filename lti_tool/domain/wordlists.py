"""The words that Beklijf does not use, by locale: what stands there, and what to write instead.

A star stands for any ending. Words without a replacement are left out, or the sentence is turned round.
"""

PLAIN = {
    "nl": """
        applicatie*: programma
        evalueren: terugkijken
        evalueert: terugkijken
        geëvalueerd: terugkijken
        evaluatie*: terugkijken
        implement*: invoeren, gaan gebruiken
        geïmplementeerd: invoeren, gaan gebruiken
        interventie*: noem wat u doet
        borgen: vasthouden
        borgt: vasthouden
        geborgd: vasthouden
        borging: vasthouden
        competentie*: wat u kunt
        reflecteren: terugkijken, stilstaan bij
        reflecteert: terugkijken, stilstaan bij
        reflectie*: voorbereiding, terugblik
        feedback geven: zeggen wat u ziet
        effectief: wat werkt
        effectieve: wat werkt
        faciliteren: mogelijk maken
        faciliteert: mogelijk maken
        optimaliseren: beter maken
        optimaliseert: beter maken
        monitoren: volgen
        monitort: volgen
        concreet maken: een voorbeeld noemen
        stakeholder*: de mensen voor wie u werkt
        middels: met
        door middel van: met
        met betrekking tot: over
        ten behoeve van: voor
        teneinde: om
        indien: als
        tevens: ook
        reeds: al
        echter: maar
        relevant*: belangrijk voor
        u heeft: u hebt
        zou kunnen: kan
        zouden kunnen: kunnen
        zou u kunnen: kunt u
        leerplan: plan
        cursus*: training
        docent*: trainer
        chef: leidinggevende
        maatje: buddy
        rappel: herinnering
        duwtje*: herinnering
        rapportage*: teamkaart
        opvolgbericht*: teamkaart
        dagboek*: logboek
        werkplekleren: leren op de werkplek
        transfereren: gebruiken in uw werk
        terugkomen op: terugkijken op
        je: u
        jij: u
        jou: u
        jouw: uw
        jullie: u
    """,
    "en": """
        utilis*: use
        utiliz*: use
        leverag*: use
        facilitat*: help, make room for
        stakeholder*: the people you serve
        outcome*: what it brought
        implement*: start using
        regarding: about
        in order to: to
        prior to: before
        ensur*: make sure
        learnings: what you learned
        engage with: talk with, work with
        engages with: talk with, work with
        engaging with: talk with, work with
        would be able to: can
        organiz*: organis-, British spelling
        recogniz*: recognis-, British spelling
        summariz*: summaris-, British spelling
        realiz*: realis-, British spelling
        analyz*: analys-, British spelling
        color*: colour, British spelling
        behavior*: behaviour, British spelling
        favorite*: favourite, British spelling
        center*: centre, British spelling
    """,
}

TONE = {
    "nl": """
        verplicht*, moet, moeten, moest, moesten, dient te, dienen te, deadline*, te laat, achterstand*,
        nog niet voldaan, vergeet niet, aanspreken op, streng, strenge, goed bezig, goed gedaan, ga zo door,
        helaas, gefeliciteerd, huiswerk, cijfer, cijfers, les, lessen, ongeldig*, fout, fouten, mislukt,
        mislukte, wetenschappelijk bewezen
    """,
    "en": """
        must, overdue, fail, fails, failed, failure, remind you once more, non-compliant, please be advised,
        well done, great job, good job, keep it up, unfortunately, congratulations, homework, grade, grades,
        graded, lesson*, invalid*, error, errors, scientifically proven
    """,
}

SENDER = {"nl": "wij, we, ons, onze", "en": "we, us, our, ours"}

LEADING = {
    "nl": "inspirerend, inspirerende, toch, natuurlijk, waarom",
    "en": "inspiring, surely, of course, naturally, why",
}

# Words of 13 letters and more that stay: glossary words, and what people in an office say every day.
LONG_WORDS_THAT_STAY = frozenset(
    {"leidinggevende", "leidinggevenden", "voorbereiding", "teamleidinggevende", "leerklimaatscan"}
)

CAPITALS_THAT_STAY = frozenset(
    {"LMS", "LTI", "PDF", "ICS", "ID", "JSON", "HTML", "CSV", "URL", "XLSX", "AVG"}
)

# Words that only look as if they were made of a verb: "het midden van", "de afdeling van", "the question of".
NO_VERB_IN_IT = """
    midden leven teken examen verleden wapen begin eten nieuws
    training ding kring mening afdeling vergadering woning instelling regering handreiking rekening leiding
    bijeenkomst omgeving leeromgeving opleiding regeling vestiging
    question moment section session department mention document element station position condition
    absence presence audience science silence sentence distance chance balance
"""
