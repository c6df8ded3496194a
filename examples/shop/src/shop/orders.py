"""Orders and their totals."""

from shop.customers import Customer
from shop.money import formatted

GUEST = Customer("guest")


class Order:
    def __init__(self, customer, item, cents):
        self.customer = customer or GUEST
        self.item = item
        self.cents = cents

    def total(self):
        from shop.pricing import discount

        return self.cents - discount(self)

    def __str__(self):
        return f"{self.item} for {self.customer.name}: {formatted(self.total())}"
