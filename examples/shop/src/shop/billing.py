"""Invoices, made by a job of its own."""

from shop.customers import Customer
from shop.money import formatted


def invoice(customer: Customer) -> str:
    lines = [str(order) for order in customer.orders]
    return "\n".join([*lines, f"total: {formatted(sum(order.total() for order in customer.orders))}"])
