import shop.orders  # noqa: F401  (without it this file cannot be collected: see README.md)
from shop.billing import invoice
from shop.customers import Customer


def test_an_invoice_lists_every_order():
    ada = Customer("Ada")
    ada.order("tea", 450)
    ada.order("cake", 300)
    assert invoice(ada) == "tea for Ada: 4.50 EUR\ncake for Ada: 3.00 EUR\ntotal: 7.50 EUR"
