from shop.orders import Order
from shop.customers import Customer


def test_an_order_without_a_customer_is_a_guests():
    assert str(Order(None, "tea", 450)) == "tea for guest: 4.50 EUR"


def test_a_premium_customer_pays_less():
    assert Order(Customer("Ada", premium=True), "tea", 450).total() == 405
