"""The shop's customers: where they live and what they are called. All invented; addresses are at a reserved domain."""

from datetime import datetime
from random import Random

from cli.demo.rows import Country, Customer

COUNTRIES = (
    Country("DE", "Germany", "Central Europe"),
    Country("AT", "Austria", "Central Europe"),
    Country("FR", "France", "Western Europe"),
    Country("NL", "Netherlands", "Western Europe"),
    Country("ES", "Spain", "Southern Europe"),
    Country("IT", "Italy", "Southern Europe"),
)
COUNTRY_SHARES = (0.36, 0.09, 0.19, 0.13, 0.12, 0.11)

_CITIES = {
    "DE": ("Berlin", "Hamburg", "Munich", "Cologne", "Leipzig", "Stuttgart", "Bremen"),
    "AT": ("Vienna", "Graz", "Linz", "Salzburg"),
    "FR": ("Paris", "Lyon", "Marseille", "Nantes", "Lille", "Toulouse"),
    "NL": ("Amsterdam", "Rotterdam", "Utrecht", "Eindhoven"),
    "ES": ("Madrid", "Barcelona", "Valencia", "Seville", "Bilbao"),
    "IT": ("Milan", "Rome", "Turin", "Bologna", "Naples"),
}
_GERMAN = (
    ("Anna", "Lukas", "Lena", "Jonas", "Marie", "Felix", "Laura", "Paul", "Julia", "Tim", "Sophie", "Max", "Katrin"),
    ("Müller", "Schmidt", "Weber", "Fischer", "Wagner", "Becker", "Hoffmann", "Koch", "Richter", "Wolf", "Huber"),
)
_NAMES = {
    "DE": _GERMAN,
    "AT": _GERMAN,
    "FR": (
        ("Camille", "Louis", "Manon", "Hugo", "Chloé", "Jules", "Léa", "Antoine", "Inès", "Théo", "Claire", "Marc"),
        ("Martin", "Bernard", "Dubois", "Petit", "Moreau", "Laurent", "Girard", "Roux", "Fontaine", "Garnier"),
    ),
    "NL": (
        ("Daan", "Emma", "Sem", "Julia", "Bram", "Fleur", "Thijs", "Sanne", "Lotte", "Ruben", "Anouk", "Joris"),
        ("de Jong", "Jansen", "de Vries", "Bakker", "Visser", "Smit", "Meijer", "Mulder", "Bos", "Dekker"),
    ),
    "ES": (
        ("Lucía", "Hugo", "María", "Pablo", "Carmen", "Javier", "Elena", "Diego", "Sara", "Álvaro", "Marta", "Iván"),
        ("García", "López", "Martínez", "Sánchez", "Pérez", "Gómez", "Ruiz", "Navarro", "Torres", "Romero"),
    ),
    "IT": (
        ("Giulia", "Luca", "Sofia", "Marco", "Chiara", "Matteo", "Elisa", "Davide", "Paola", "Andrea", "Irene"),
        ("Rossi", "Russo", "Ferrari", "Bianchi", "Romano", "Ricci", "Marino", "Greco", "Conti", "Gallo"),
    ),
}
_BUSINESS_SHARE = 0.08


def sign_up(random: Random, customer_id: int, channel: str, moment: datetime) -> Customer:
    country = random.choices(COUNTRIES, COUNTRY_SHARES)[0].country_code
    first, last = (random.choice(names) for names in _NAMES[country])
    return Customer(
        customer_id=customer_id,
        first_name=first,
        last_name=last,
        email=f"customer{customer_id}@mail.example",
        country_code=country,
        # The capital is named first and most likely.
        city=_CITIES[country][int(len(_CITIES[country]) * random.random() ** 1.6)],
        segment="business" if random.random() < _BUSINESS_SHARE else "consumer",
        acquisition_channel=channel,
        newsletter=random.random() < 0.42,
        signed_up_at=moment,
    )
