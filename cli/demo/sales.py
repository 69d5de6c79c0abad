"""Orders and what follows from them: payments, deliveries, returns. One day after the other, in order of time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import exp
from random import Random

from cli.demo import people
from cli.demo.assortment import Assortment
from cli.demo.draws import poisson
from cli.demo.rows import Campaign, Customer, Order, OrderLine, Payment, Product, Refund, money
from cli.demo.trading import Trading

CHANNELS = ("organic", "paid search", "social", "email", "direct")
CHANNEL_SHARES = (0.30, 0.25, 0.15, 0.13, 0.17)
_CAMPAIGN_SHARES = (0.10, 0.20, 0.34, 0.30, 0.06)
DEVICES = ("desktop", "mobile", "tablet")
_HOURS = (6, 3, 2, 1, 1, 2, 6, 14, 24, 32, 38, 40, 44, 42, 38, 37, 39, 44, 54, 66, 74, 70, 46, 20)
_METHODS = ("card", "paypal", "invoice", "bank transfer")
_METHOD_SHARES = (0.48, 0.30, 0.15, 0.07)
_REASONS = ("changed mind", "not as described", "damaged", "defective", "arrived late", "wrong item")
_REASON_SHARES = (0.38, 0.19, 0.16, 0.12, 0.08, 0.07)

_FIRST_ORDER_ID = 100_001
_FREE_SHIPPING_CENTS = 6_000
_PAYMENT_FAILS = 0.03
_CARD_FAILS_IN_OUTAGE = 0.72
_TRIES_AGAIN = 0.55
_CHANGES_MIND_BEFORE_SHIPPING = 0.017
_LINE_COMES_BACK = 0.055


def device_shares(trading: Trading, day: date) -> tuple[float, float, float]:
    """Desktop, mobile, tablet: phones gain over the years."""
    mobile = 0.46 + 0.16 * (day - trading.start).days / 913
    return 1 - mobile - 0.07, mobile, 0.07


@dataclass(slots=True)
class Sales:
    """Draws the shop's business day by day into its lists."""

    random: Random
    trading: Trading
    assortment: Assortment
    customers: list[Customer] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    lines: list[OrderLine] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    # Customers who may come back, faithful ones several times; new ones join at the end of their day.
    _known: list[Customer] = field(default_factory=list)

    def trade(self, day: date) -> None:
        """Everything that begins on `day`; what would follow today or later has not happened."""
        opening = datetime(day.year, day.month, day.day, tzinfo=UTC)
        campaign = self.trading.running(day)
        products, weights = self.assortment.on_sale(day)
        newcomers: list[Customer] = []
        new_share = 0.36 + 0.64 * exp(-(day - self.trading.start).days / 60)
        for moment in self._moments(opening, poisson(self.random, self.trading.orders_on(day))):
            through = self._campaign_of_order(campaign)
            channel = self.random.choices(CHANNELS, _CAMPAIGN_SHARES if through else CHANNEL_SHARES)[0]
            if not self._known or self.random.random() < new_share:
                customer = self._sign_up(channel, max(opening, moment - self._between(minutes=2, most=45)))
                newcomers.append(customer)
            else:
                # Those who came lately come again sooner.
                customer = self._known[int(len(self._known) * self.random.random() ** 0.7)]
            self._order(customer, through, moment, channel, products, weights)
        for moment in self._moments(opening, poisson(self.random, 0.3 * len(newcomers))):
            channel = self.random.choices(CHANNELS, CHANNEL_SHARES)[0]
            newcomers.append(self._sign_up(channel, moment))  # looks around first, orders later or never
        for customer in newcomers:
            times = self.random.choices((0, 1, 2, 6), (38, 34, 20, 8))[0]
            self._known.extend([customer] * (times + (customer.segment == "business")))

    def _order(
        self,
        customer: Customer,
        campaign: Campaign | None,
        moment: datetime,
        channel: str,
        products: Sequence[Product],
        weights: Sequence[float],
    ) -> None:
        order_id = _FIRST_ORDER_ID + len(self.orders)
        day = moment.date()
        lines, items = self._lines(order_id, customer, campaign, day, products, weights)
        home = customer.country_code in ("DE", "AT")
        shipping = 0 if items >= _FREE_SHIPPING_CENTS else 490 if home else 690
        paid = self._pay(order_id, items + shipping, moment)
        shipped = self._past(moment + self._between(minutes=240, most=2_400)) if paid else None
        delivered = self._past(shipped + self._between(minutes=1_200, most=7_200)) if shipped else None
        if not paid:
            status = "cancelled"
        elif delivered:
            status = "returned" if self._return(lines, delivered) else "delivered"
        else:
            status = "shipped" if shipped else "processing"
        device = self.random.choices(DEVICES, device_shares(self.trading, day))[0]
        self.lines.extend(lines)
        self.orders.append(
            Order(
                order_id, customer.customer_id, campaign.campaign_id if campaign else None, moment, status, channel,
                device, money(items), money(shipping), money(items + shipping), shipped, delivered,
            )
        )  # fmt: skip

    def _lines(
        self,
        order_id: int,
        customer: Customer,
        campaign: Campaign | None,
        day: date,
        products: Sequence[Product],
        weights: Sequence[float],
    ) -> tuple[list[OrderLine], int]:
        """The order's lines, each of another product, and their sum in cents."""
        count = self.random.choices((1, 2, 3, 4, 5), (46, 29, 14, 7, 4))[0]
        discount = int(campaign.discount_percent) if campaign else 10 if self.random.random() < 0.04 else 0
        lines: list[OrderLine] = []
        items = 0
        pieces = 2 if customer.segment == "business" else 1
        chosen = self.random.choices(products, cum_weights=weights, k=count)
        for product in dict.fromkeys(chosen):
            quantity = self.random.choices((1, 2, 3, 4), (80, 14, 3, 3))[0] * pieces
            price, cost = self.assortment.price_cents(product, day)
            off = price * quantity * discount // 100
            amount = price * quantity - off
            items += amount
            lines.append(
                OrderLine(
                    len(self.lines) + len(lines) + 1, order_id, product.product_id, quantity, money(price), money(cost),
                    money(off), money(amount),
                )
            )  # fmt: skip
        return lines, items

    def _pay(self, order_id: int, cents: int, moment: datetime) -> bool:
        """Attempts to pay until one succeeds or the customer gives up. True when money was taken."""
        method = self.random.choices(_METHODS, _METHOD_SHARES)[0]
        outage = self.trading.is_outage(moment.date())
        attempted = moment
        while True:
            attempted = min(attempted + self._between(minutes=0, most=4), self._last_moment())
            fails = self.random.random() < (_CARD_FAILS_IN_OUTAGE if outage and method == "card" else _PAYMENT_FAILS)
            voided = not fails and self.random.random() < _CHANGES_MIND_BEFORE_SHIPPING
            status = "failed" if fails else "voided" if voided else "captured"
            self.payments.append(Payment(len(self.payments) + 1, order_id, method, status, money(cents), attempted))
            if not fails:
                return not voided
            if self.random.random() >= _TRIES_AGAIN:
                return False

    def _return(self, lines: list[OrderLine], delivered: datetime) -> bool:
        """Sends lines back, or none. True when the whole order came back."""
        refunded = self._past(delivered + self._between(minutes=2_880, most=30_000))
        if refunded is None:
            return False
        whole = 0
        for line in lines:
            if self.random.random() >= _LINE_COMES_BACK:
                continue
            quantity = self.random.randint(1, line.quantity)
            cents = int(line.line_amount * 100) * quantity // line.quantity
            reason = self.random.choices(_REASONS, _REASON_SHARES)[0]
            # Numbered by time once all are known.
            self.refunds.append(Refund(0, line.order_line_id, reason, quantity, money(cents), refunded))
            whole += quantity == line.quantity
        return whole == len(lines)

    def _campaign_of_order(self, campaign: Campaign | None) -> Campaign | None:
        if campaign is None:
            return None
        share = 0.62 if campaign == self.trading.highlight else 0.45
        return campaign if self.random.random() < share else None

    def _sign_up(self, channel: str, moment: datetime) -> Customer:
        customer = people.sign_up(self.random, len(self.customers) + 1, channel, moment)
        self.customers.append(customer)
        return customer

    def _moments(self, opening: datetime, count: int) -> list[datetime]:
        hours = self.random.choices(range(24), _HOURS, k=count)
        return [opening + timedelta(seconds=s) for s in sorted(h * 3600 + self.random.randrange(3600) for h in hours)]

    def _between(self, *, minutes: int, most: int) -> timedelta:
        return timedelta(seconds=self.random.randint(minutes * 60, most * 60))

    def _last_moment(self) -> datetime:
        today = self.trading.today
        return datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(seconds=1)

    def _past(self, moment: datetime) -> datetime | None:
        return moment if moment <= self._last_moment() else None
