"""What a column of somebody's framework is for, by its header, in seven languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from growthsheet.sources.rosters.headers import field_of, header_words, without_brackets

HEADER_NAMES: Mapping[str, str] = {
    "role": """
        role level, role, role name, job title, job, position, occupation, occupation name, title, grade name,
        occupation label, Rolle, Funktion, Stelle, Position, Berufsbild, rôle, poste, métier, fonction, emploi, rol,
        puesto, cargo, perfil, ruolo, mansione, posizione, papel, função, functie
    """,
    "activity": """
        activity, activity name, skill name, skill, skills, skill title, competency, competencies, competency name,
        competence, competences, competence name, capability, capabilities, element name, skill label, ability,
        behaviour, behaviours, activities, topic, Kompetenz, Kompetenzen, Fähigkeit, Fähigkeiten, Fertigkeit, Tätigkeit,
        Aktivität, compétence, compétences, savoir faire, aptitude, activité, competencia, competencias, habilidad,
        actividad, competenza, competenze, abilità, attività, competência, competências, habilidade, atividade,
        competentie, competenties, vaardigheid, vaardigheden, activiteit
    """,
    "level": """
        expected level, expected, skill level, required level, target level, level, proficiency, proficiency level,
        data value, relation type, rating, Soll, Sollwert, Soll Niveau, Stufe, Niveau, erwartetes Niveau, Zielniveau,
        niveau attendu, niveau requis, niveau cible, niveau, nivel esperado, nivel requerido, nivel, livello atteso,
        livello richiesto, livello, nível esperado, nível exigido, nível, verwacht niveau, vereist niveau, niveau
    """,
    "area": """
        area, skill area, skill group, skill category, category, sub category, subcategory, theme, domain,
        subdomain, cluster, competence area, pillar, dimension, Bereich, Kategorie, Gebiet, Themenfeld, Thema,
        Kompetenzbereich, domaine, catégorie, thème, famille de compétences, área, categoría, ámbito, dominio, area,
        categoria, ambito, tema, domínio, gebied, categorie, domein
    """,
    "family": "role family, job family, Berufsfamilie, famille de métiers, familia profesional, famiglia professionale",
    "description": """
        activity description, skill description, competency description, overall description, description, definition,
        Beschreibung, Kompetenzbeschreibung, définition, descripción, definición, descrizione, definizione, descrição,
        definição, omschrijving, beschrijving
    """,
    "anchor": """
        skill level description, level description, anchor, what it means, what good looks like, indicator,
        behavioural indicator, Stufenbeschreibung, Bedeutung, description du niveau, signification, descripción del
        nivel, significado, descrizione del livello, significato, descrição do nível, omschrijving niveau, betekenis
    """,
    "label": """
        level name, level label, level title, proficiency name, label, Stufenname, Bezeichnung, nom du niveau,
        libellé, nombre del nivel, etiqueta, nome del livello, etichetta, nome do nível, rótulo, naam niveau
    """,
    "activity_id": "activity id, skill id, skill code, competency id, competence id, element id, skill uri",
    "role_id": "role id, role code, occupation id, occupation code, o net soc code, occupation uri, job code",
}
"""What a column is for, and the headers that say so, the surest first."""

_ASIDE = """note, notes, comment, comments, remark, remarks, owner, weight, link, links, source, example, examples, no,
    code, Anmerkung, Bemerkung, Kommentar, Gewicht, commentaire, remarque, poids, comentario, comentarios, peso, nota,
    note, commento, comentário, observações, opmerking, toelichting"""


def key(header: str) -> str:
    """Return a header as it is looked up: its words without case, accents, signs and what stands in brackets.

    >>> key("Niveau attendu (0-4)")
    'niveau attendu'
    """
    return " ".join(header_words(without_brackets(header))) or " ".join(header_words(header))


def _keys(names: str) -> list[str]:
    return [key(name) for name in names.replace("\n", " ").split(",")]


FIELDS = {field: tuple(_keys(names)) for field, names in HEADER_NAMES.items()}
_KNOWN = {name for names in FIELDS.values() for name in names}
_BESIDE = frozenset(_keys(_ASIDE))


def known(header: str) -> bool:
    """Return whether a header says what its column is for."""
    return key(header) in _KNOWN


def is_aside(header: str) -> bool:
    """Return whether a header is one of a column that says nothing about roles, such as "Comments"."""
    return key(header) in _BESIDE


def is_of_people(headers: Iterable[str]) -> bool:
    """Return whether headers are those of a table of people: with an id, a name or an address of each."""
    return bool({"id", "name", "first_name", "last_name", "email", "start"} & set(map(field_of, headers)))


def columns_of(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the columns of each field, the surest first: the one that was named, else those whose headers say so."""
    keys = [key(name) for name in header]
    found: dict[str, list[int]] = {}
    for field, names in FIELDS.items():
        if field in mapping:
            there = [at for at, name in enumerate(header) if name.strip() == mapping[field]]
        else:
            taken = {header.index(column) for column in mapping.values() if column in header}
            there = [
                keys.index(name) for name in dict.fromkeys(names) if name in keys and keys.index(name) not in taken
            ]
        if there:
            found[field] = sorted(there) if field == "area" else there
    return found


def headers_of(field: str, most: int = 8) -> str:
    """Return the first headers that are known for a field, as people write them."""
    names = re.split(r",\s*", " ".join(HEADER_NAMES[field].split()))
    return ", ".join(names[:most])
