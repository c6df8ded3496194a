/** A project with a cycle that crashes when `shop.orders` is imported first, and works from everywhere else. */
export const SMALL_PROJECT: Readonly<Record<string, string>> = {
  'pyproject.toml': '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.8"\n',
  'src/shop/__init__.py': '',
  'src/shop/orders.py':
    'from shop.customers import Customer\n\n\nclass Order:\n    def owner(self):\n        return Customer()\n',
  'src/shop/customers.py':
    'class Customer:\n    name = ""\n\n\nimport shop.orders\n\n\nclass Gift(shop.orders.Order):\n    pass\n',
  'src/shop/money.py': 'def euros(cents):\n    return cents / 100\n',
};
