"""What the shop sells: categories, products, their prices over time and what sells when."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from cli.demo.rows import Category, Product, money

# name, department, nouns, price range in euros, share of demand, months of high season (1 to 12)
_CATEGORIES: tuple[tuple[str, str, tuple[str, ...], tuple[int, int], float, tuple[int, ...]], ...] = (
    ("Cookware", "Kitchen", ("Saucepan", "Frying Pan", "Casserole", "Wok", "Stockpot"), (25, 140), 1.2, (11, 12)),
    ("Tableware", "Kitchen", ("Dinner Plates", "Soup Bowls", "Mugs", "Wine Glasses", "Cutlery"), (12, 90), 1.1, (12,)),
    ("Small Appliances", "Kitchen", ("Kettle", "Toaster", "Blender", "Coffee Grinder"), (35, 220), 0.9, (11, 12)),
    ("Bedding", "Home", ("Duvet Cover", "Pillow", "Fitted Sheet", "Quilt"), (18, 160), 1.0, (1, 10)),
    ("Bath", "Home", ("Towel Set", "Bath Mat", "Bathrobe", "Soap Dish"), (9, 75), 0.8, (1,)),
    ("Lighting", "Home", ("Table Lamp", "Floor Lamp", "Pendant", "String Lights"), (20, 240), 0.8, (10, 11, 12)),
    ("Rugs", "Home", ("Wool Rug", "Runner", "Doormat"), (25, 420), 0.4, (9, 10)),
    ("Candles", "Decoration", ("Scented Candle", "Pillar Candle", "Candle Holder"), (6, 45), 1.1, (10, 11, 12)),
    ("Wall Art", "Decoration", ("Print", "Poster", "Wall Mirror", "Picture Frame"), (10, 180), 0.6, ()),
    ("Garden Furniture", "Outdoor", ("Lounge Chair", "Folding Table", "Bench", "Parasol"), (45, 480), 0.5, (4, 5, 6)),
    ("Planters", "Outdoor", ("Flower Pot", "Window Box", "Hanging Basket"), (8, 95), 0.8, (3, 4, 5, 6)),
    ("Toys", "Kids", ("Building Blocks", "Puzzle", "Play Kitchen", "Night Light"), (10, 130), 0.7, (11, 12)),
)
_STYLES = (
    "Aspen", "Birch", "Cove", "Dune", "Ember", "Fjord", "Grove", "Harbor", "Isle", "Juniper", "Linden", "Meadow",
    "Nova", "Oak", "Pebble", "Quarry", "Ridge", "Sage", "Tide", "Willow",
)  # fmt: skip
_BRANDS = ("Alder & Ash", "Brisa", "Castellan", "Dalvik", "Esker", "Fennel", "Lumora", "Norrby")
_PER_CATEGORY = 20
_IN_SEASON = 2.1
_PRICE_RISE_DAYS_BACK = 330
_PRICE_BEFORE_PERCENT = 95

CATEGORIES = tuple(Category(number, row[0], row[1]) for number, row in enumerate(_CATEGORIES, start=1))


class Assortment:
    """The products, and what is drawn from them on a day."""

    def __init__(self, random: Random, start: date, today: date) -> None:
        self.products: list[Product] = []
        self._popularity: list[float] = []
        self._rise = today - timedelta(days=_PRICE_RISE_DAYS_BACK)
        self._start = start
        self._last_sale: list[date] = []
        for category, row in zip(CATEGORIES, _CATEGORIES, strict=True):
            self._stock(random, category, row[2], row[3], row[4], today)

    def on_sale(self, day: date) -> tuple[Sequence[Product], Sequence[float]]:
        """The products one can order on the day, and their cumulative weights."""
        products, weights = [], []
        for product, popularity, last in zip(self.products, self._popularity, self._last_sale, strict=True):
            if product.introduced_on <= day <= last:
                season = _IN_SEASON if day.month in _CATEGORIES[product.category_id - 1][5] else 1.0
                products.append(product)
                weights.append(popularity * season)
        return products, list(accumulate(weights))

    def price_cents(self, product: Product, day: date) -> tuple[int, int]:
        """(price, cost) of one piece on the day, in cents: both were lower before last year's rise."""
        price, cost = int(product.list_price * 100), int(product.unit_cost * 100)
        if day >= self._rise or product.introduced_on >= self._rise:
            return price, cost
        return _shop_price(price * _PRICE_BEFORE_PERCENT // 100), cost * 97 // 100

    def _stock(
        self, random: Random, category: Category, nouns: tuple[str, ...], prices: tuple[int, int], share: float,
        today: date,
    ) -> None:  # fmt: skip
        names = [f"{style} {noun}" for noun in nouns for style in _STYLES]
        for rank, name in enumerate(random.sample(names, _PER_CATEGORY), start=1):
            low, high = prices
            price = _shop_price(int((low + (high - low) * random.random() ** 2) * 100))
            days = (today - self._start).days
            introduced = self._start if rank <= 13 else self._start + timedelta(random.randrange(20, days - 60))
            retired = rank > 4 and random.random() < 0.07
            last = introduced + timedelta(random.randrange(120, days)) if retired else today
            self.products.append(
                Product(
                    len(self.products) + 1, category.category_id, name, random.choice(_BRANDS), money(price),
                    money(price * random.randrange(44, 68) // 100), introduced, last >= today,
                )
            )  # fmt: skip
            self._last_sale.append(last)
            # Dear goods sell less often; within a category a few sell most.
            self._popularity.append(share / rank**0.55 / (price / 3000) ** 0.35)


def _shop_price(cents: int) -> int:
    """The nearest price below that ends in .90, at least 2.90."""
    return max(290, cents // 100 * 100 - 10)
