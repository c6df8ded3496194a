"""Customers and what they ordered."""

import shop.orders


class Customer:
    def __init__(self, name, premium=False):
        self.name = name
        self.premium = premium
        self.orders = []

    def order(self, item, cents):
        placed = shop.orders.Order(self, item, cents)
        self.orders.append(placed)
        return placed
