"""Advertising and visits: what was spent each day, and how many people came from where."""

from collections import Counter
from datetime import date
from random import Random

from cli.demo.draws import poisson
from cli.demo.people import COUNTRIES, COUNTRY_SHARES
from cli.demo.rows import Order, Spend, Traffic, money
from cli.demo.sales import CHANNEL_SHARES, CHANNELS, DEVICES, device_shares
from cli.demo.trading import Trading

# Orders out of a hundred visits, by channel and by device relative to it.
_CONVERSION = {"organic": 2.6, "paid search": 2.9, "social": 1.5, "email": 4.4, "direct": 3.4}
_DEVICE_CONVERSION = {"desktop": 1.45, "mobile": 0.8, "tablet": 1.05}
_BOUNCE = {"organic": 0.41, "paid search": 0.47, "social": 0.58, "email": 0.33, "direct": 0.36}
# Euros for each expected order, and euros for each click.
_SPEND = {"paid search": (2.3, 0.62), "social": (1.6, 0.41), "email": (0.25, 0.09)}
_CLICK_RATE = {"paid search": 0.034, "social": 0.011, "email": 0.027}
_CAMPAIGN_SPEND = {"paid search": 2.2, "social": 4.8, "email": 0.9}


def spend(random: Random, trading: Trading) -> list[Spend]:
    rows: list[Spend] = []
    for day in trading.days():
        campaign = trading.running(day)
        orders = trading.orders_on(day)
        for channel, (per_order, _) in _SPEND.items():
            # Budgets follow the plan for the month, not the day's luck.
            cents = int(orders**0.8 * 4.5 * per_order * random.uniform(85, 115))
            rows.append(_spend(random, len(rows) + 1, day, channel, None, cents))
            if campaign:
                cents = int(orders * _CAMPAIGN_SPEND[channel] * random.uniform(85, 115))
                rows.append(_spend(random, len(rows) + 1, day, channel, campaign.campaign_id, cents))
    return rows


def traffic(random: Random, trading: Trading, orders: list[Order], countries: dict[int, str]) -> list[Traffic]:
    """Visits for each day, country, channel and device; `countries` is each customer's. Every order came by a visit."""
    converted = Counter((o.ordered_at.date(), countries[o.customer_id], o.channel, o.device) for o in orders)
    rows: list[Traffic] = []
    for day in trading.days():
        expected = trading.orders_on(day)
        devices = device_shares(trading, day)
        for country, country_share in zip(COUNTRIES, COUNTRY_SHARES, strict=True):
            for channel, channel_share in zip(CHANNELS, CHANNEL_SHARES, strict=True):
                for device, device_share in zip(DEVICES, devices, strict=True):
                    rate = _CONVERSION[channel] * _DEVICE_CONVERSION[device] / 100
                    visits = poisson(random, expected * country_share * channel_share * device_share / rate)
                    bought = converted[day, country.country_code, channel, device]
                    if visits or bought:
                        rows.append(_visits(random, day, country.country_code, channel, device, visits, bought))
    return rows


def _visits(
    random: Random, day: date, country: str, channel: str, device: str, visits: int, bought: int
) -> Traffic:  # fmt: skip
    sessions = max(visits, bought)
    bounced = min(sessions - bought, round(sessions * _BOUNCE[channel] * random.uniform(0.8, 1.2)))
    pages = sessions + round((sessions - bounced) * random.uniform(2.2, 4.4)) + bought * 3
    return Traffic(day, country, channel, device, sessions, bounced, bought, pages)


def _spend(random: Random, spend_id: int, day: date, channel: str, campaign_id: int | None, cents: int) -> Spend:
    clicks = int(cents / 100 / _SPEND[channel][1] * random.uniform(0.9, 1.1))
    impressions = int(clicks / _CLICK_RATE[channel] * random.uniform(0.9, 1.1))
    return Spend(spend_id, day, channel, campaign_id, money(cents), impressions, clicks)
