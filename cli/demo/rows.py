"""The rows of the demo shop, one class for each table; the fields are the table's columns in order."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


class Country(NamedTuple):
    country_code: str
    name: str
    region: str


class Category(NamedTuple):
    category_id: int
    name: str
    department: str


class Product(NamedTuple):
    product_id: int
    category_id: int
    name: str
    brand: str
    list_price: Decimal
    unit_cost: Decimal
    introduced_on: date
    is_active: bool


class Customer(NamedTuple):
    customer_id: int
    first_name: str
    last_name: str
    email: str
    country_code: str
    city: str
    segment: str
    acquisition_channel: str
    newsletter: bool
    signed_up_at: datetime


class Campaign(NamedTuple):
    campaign_id: int
    name: str
    discount_percent: Decimal
    starts_on: date
    ends_on: date


class Order(NamedTuple):
    order_id: int
    customer_id: int
    campaign_id: int | None
    ordered_at: datetime
    status: str
    channel: str
    device: str
    items_amount: Decimal
    shipping_amount: Decimal
    total_amount: Decimal
    shipped_at: datetime | None
    delivered_at: datetime | None


class OrderLine(NamedTuple):
    order_line_id: int
    order_id: int
    product_id: int
    quantity: int
    unit_price: Decimal
    unit_cost: Decimal
    discount_amount: Decimal
    line_amount: Decimal


class Payment(NamedTuple):
    payment_id: int
    order_id: int
    method: str
    status: str
    amount: Decimal
    attempted_at: datetime


class Refund(NamedTuple):
    refund_id: int
    order_line_id: int
    reason: str
    quantity: int
    amount: Decimal
    refunded_at: datetime


class Spend(NamedTuple):
    spend_id: int
    spent_on: date
    channel: str
    campaign_id: int | None
    amount: Decimal
    impressions: int
    clicks: int


class Traffic(NamedTuple):
    visited_on: date
    country_code: str
    channel: str
    device: str
    sessions: int
    bounced_sessions: int
    converted_sessions: int
    page_views: int


@dataclass(frozen=True, slots=True)
class Shop:
    """All rows; each field is named after its table."""

    countries: tuple[Country, ...]
    categories: tuple[Category, ...]
    products: list[Product]
    customers: list[Customer]
    campaigns: tuple[Campaign, ...]
    orders: list[Order] = field(default_factory=list)
    order_lines: list[OrderLine] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    marketing_spend: list[Spend] = field(default_factory=list)
    web_traffic: list[Traffic] = field(default_factory=list)


def money(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
