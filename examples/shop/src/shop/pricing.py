"""Discounts. Needs orders for its annotations only, and orders need it only once a total is asked for: a harmless cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.orders import Order


def discount(order: Order) -> int:
    return order.cents // 10 if order.customer.premium else 0
