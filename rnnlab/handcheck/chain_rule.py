"""The chain rule written out: a step of the way back, product by product, for any cell.

It follows from the cell's equations alone. A quantity gets a product from each place where it is
used: the gradient that arrives there, times all that it is multiplied with. What goes through a
function is multiplied with that function's slope.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.cells.cell import Floats
from rnnlab.handcheck.backward import BackwardStep
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.calculation import activate
from rnnlab.handcheck.equations import Equation, Factor, equations, state_symbols
from rnnlab.handcheck.forward import ForwardStep


@dataclass(frozen=True, eq=False)
class Part:
    """A factor of a product: its LaTeX, the name over its numbers, and these.

    `value` is (units,), or for a weight, which is transposed, (units, units).
    """

    latex: str
    symbol: str
    value: Floats

    @property
    def is_matrix(self) -> bool:
        """Whether a vector is multiplied with it as with a matrix."""
        return self.value.ndim == 2


@dataclass(frozen=True, eq=False)
class Product:
    """Factors, and whether their product is taken away instead of added."""

    factors: tuple[Part, ...]
    negative: bool = False

    @property
    def value(self) -> Floats:
        """(units,), with its sign."""
        product = self.factors[0].value
        for factor in self.factors[1:]:
            product = product @ factor.value if factor.is_matrix else product * factor.value
        return -product if self.negative else product


@dataclass(frozen=True, eq=False)
class BackwardLine:
    """One line of the way back: `result` is the sum of the products, times all the `slopes`."""

    result: Part
    products: tuple[Product, ...]
    slopes: tuple[Part, ...] = ()

    @property
    def latex(self) -> str:
        """The line as a formula."""
        signs = [r"-" if product.negative else "+" for product in self.products]
        terms = [_latex(product.factors) for product in self.products]
        total = "".join(f" {sign} {term}" for sign, term in zip(signs, terms, strict=True))
        total = total.removeprefix(" + ")
        if self.slopes and (len(self.products) > 1 or self.products[0].negative):
            total = f"({total})"
        slopes = "".join(rf" \odot {slope.latex}" for slope in self.slopes)
        return f"{self.result.latex} = {total}{slopes}"


def chain_rule(
    bench: Bench, forward_step: ForwardStep, step: BackwardStep
) -> tuple[BackwardLine, ...]:
    """The lines of one step back, each from what stands in those before it.

    First the quantities that the step computed, from the last to the first; then the state before.
    """
    return tuple(_WayBack(bench, forward_step, step).lines())


class _WayBack:
    """One step of the way back while its lines are written."""

    def __init__(self, bench: Bench, forward_step: ForwardStep, step: BackwardStep) -> None:
        self.bench, self.t = bench, step.t
        self.equations = equations(bench.cell, bench.activation)
        self.now = {each.symbol: each.value for each in forward_step.quantities}
        self.before: Mapping[str, Floats] = forward_step.previous_state
        self.arrives = step.state_gradient
        self.gradients: dict[str, Part] = {}

    def lines(self) -> Iterator[BackwardLine]:
        states = state_symbols(self.bench.cell_type)
        for symbol, equation in reversed(self.equations.items()):
            products = tuple(self._products(Factor(symbol)))
            if symbol in states:
                products = (Product((self._arriving(symbol),)), *products)
            yield from self._line(equation, products)
        for symbol in states:
            result = _gradient(symbol, self.t - 1)
            yield _line(result, tuple(self._products(Factor(symbol, previous=True))))

    def _line(self, equation: Equation, products: tuple[Product, ...]) -> Iterator[BackwardLine]:
        """What arrives at a quantity, and goes on through the function that made it."""
        symbol, is_squashed = equation.symbol, bool(equation.activation)
        if len(products) == 1 and len(products[0].factors) == 1 and not is_squashed:
            self.gradients[symbol] = products[0].factors[0]  # nothing to calculate
            return
        result = _gradient(symbol, self.t)
        slopes: tuple[Part, ...] = ()
        if is_squashed:
            result = (rf"\delta_{symbol}", f"δ_{symbol}")
            slopes = tuple(self._slopes(symbol, equation.activation))
        line = _line(result, products, slopes)
        self.gradients[symbol] = line.result
        yield line

    def _arriving(self, symbol: str) -> Part:
        """The gradient that the step after this one, or the loss, has sent back."""
        latex, name = _gradient(symbol, self.t)
        is_used = any(True for _ in self._uses(Factor(symbol)))
        mark = r"^{\,\leftarrow}" if is_used else ""
        return Part(latex + mark, f"{name} ←" if is_used else name, self.arrives[symbol])

    def _uses(self, wanted: Factor) -> Iterator[tuple[Equation, tuple[Factor, ...], int]]:
        """Every term in which a quantity is a factor, and the place that it has there."""
        for equation in reversed(self.equations.values()):
            for term in equation.terms:
                for place, factor in enumerate(term):
                    same = (factor.name, factor.previous) == (wanted.name, wanted.previous)
                    if same and not factor.weight:
                        yield equation, term, place

    def _products(self, wanted: Factor) -> Iterator[Product]:
        for equation, term, place in self._uses(wanted):
            used = term[place]
            parts = [self._part(f) for i, f in enumerate(term) if i != place]
            if used.activation:
                parts += self._slopes(used.name, used.activation, of_function=True)
            yield Product((self.gradients[equation.symbol], *parts), used.complement)

    def _part(self, factor: Factor) -> Part:
        if factor.is_matrix:
            matrix = np.array(self.bench.weight_block(factor.name), dtype=np.float64).T
            return Part(f"{factor.name}^\\top", f"{factor.name} ᵀ".replace(" ", ""), matrix)
        t = self.t - factor.previous
        value = (self.before if factor.previous else self.now)[factor.name]
        latex, name = f"{factor.name}_{{{t}}}", f"{factor.name}_{t}"
        if factor.complement:
            return Part(f"(1 - {latex})", f"1 − {name}", 1 - value)
        if factor.activation:
            function = _latex_function(factor.activation)
            squashed = np.array([activate(number, factor.activation) for number in value])
            return Part(f"{function}({latex})", f"{factor.activation}({name})", squashed)
        return Part(latex, name, value)

    def _slopes(self, symbol: str, activation: str, *, of_function: bool = False) -> Iterator[Part]:
        """The slope of a function by what came out of it; `of_function` by what went in."""
        value, latex, name = self.now[symbol], f"{symbol}_{{{self.t}}}", f"{symbol}_{self.t}"
        if activation == "sigmoid":
            yield Part(latex, name, value)
            yield Part(f"(1 - {latex})", f"1 − {name}", 1 - value)
            return
        if of_function:
            value = np.array([activate(number, activation) for number in value])
            latex, name = f"{_latex_function(activation)}({latex})", f"{activation}({name})"
        slope: Floats = ACTIVATIONS[activation].slope(value)
        if activation == "tanh":
            square = rf"\tanh^2({symbol}_{{{self.t}}})" if of_function else f"{latex}^2"
            yield Part(f"(1 - {square})", f"1 − {name}²", slope)
        else:
            yield Part(f"[{latex} > 0]", f"{name} > 0", slope)


def _line(
    result: tuple[str, str], products: tuple[Product, ...], slopes: tuple[Part, ...] = ()
) -> BackwardLine:
    value: Floats = sum((product.value for product in products), np.zeros(()))
    for slope in slopes:
        value = value * slope.value
    return BackwardLine(Part(*result, value), products, slopes)


def _gradient(symbol: str, t: int) -> tuple[str, str]:
    """∂L/∂h_2 as LaTeX and as a name."""
    return rf"\frac{{\partial L}}{{\partial {symbol}_{{{t}}}}}", f"∂L/∂{symbol}_{t}"


def _latex_function(activation: str) -> str:
    return {"tanh": r"\tanh"}.get(activation, rf"\operatorname{{{activation}}}")


def _latex(factors: tuple[Part, ...]) -> str:
    """Factors with what stands between them: nothing before a matrix."""
    first, *others = factors
    signs = ["" if factor.is_matrix else r"\odot " for factor in others]
    return " ".join([first.latex, *(s + f.latex for s, f in zip(signs, others, strict=True))])
