"""Which branches of an `if` are executed while a module is imported."""

import ast


class Folder:
    """A condition folded to what it is while a module is imported: `(value, reason)`, or None where that is open."""

    def __init__(self, names):
        self.names = names

    def fold(self, node):
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.fold(node.operand)
            return None if inner is None else (not inner[0], inner[1])
        if isinstance(node, ast.BoolOp):
            return self.fold_bool(node)
        if isinstance(node, ast.Compare):
            return self.fold_compare(node)
        if isinstance(node, ast.Constant) and type(node.value) in (bool, int):
            return (bool(node.value), "type-checking")
        if isinstance(node, ast.Name):
            known = node.id == "TYPE_CHECKING" or node.id in self.names
            return (False, "type-checking") if known else None
        if isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING":
            inner = node.value
            while isinstance(inner, ast.Attribute):
                inner = inner.value
            return (False, "type-checking") if isinstance(inner, ast.Name) else None
        return None

    def fold_bool(self, node):
        deciding = isinstance(node.op, ast.Or)
        parts = [self.fold(value) for value in node.values]
        reasons = {part[1] for part in parts if part is not None and part[0] is deciding}
        if reasons:
            return (deciding, "type-checking" if "type-checking" in reasons else "main")
        if None in parts:
            return None
        reasons = {part[1] for part in parts}
        return (not deciding, "main" if "main" in reasons else "type-checking")

    @staticmethod
    def fold_compare(node):
        if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            return None
        sides = [node.left, node.comparators[0]]
        for one, other in (sides, sides[::-1]):
            if isinstance(one, ast.Name) and one.id == "__name__":
                if isinstance(other, ast.Constant) and other.value == "__main__":
                    return (isinstance(node.ops[0], ast.NotEq), "main")
        return None
