"""A small shop: customers place orders, orders are priced and billed."""
