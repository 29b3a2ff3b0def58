"""One step of the way back through a cell with gates: the chain rule, product by product."""

from __future__ import annotations

import streamlit as st

from rnnlab.handcheck.backward import BackwardStep
from rnnlab.handcheck.bench import Bench
from rnnlab.handcheck.chain_rule import BackwardLine, Part, Product, chain_rule
from rnnlab.handcheck.forward import (
    ForwardStep,
    format_number,
    format_operand,
    format_product,
)
from rnnlab.ui.hand.bench_controls import select_unit
from rnnlab.ui.hand.matrices import Item, MatrixView, Operator, Role, draw_matrices, formatted


def draw(bench: Bench, forward_step: ForwardStep, step: BackwardStep, unit: int) -> None:
    """Every line of the step: formula, numbers, and one unit spelled out."""
    t = step.t
    whence = "from the loss" if t == bench.timesteps else f"from step {t + 1}"
    st.markdown(
        f"What arrives at step {t} comes {whence}; where it meets a sum, it is marked with ←. "
        r"$\delta_i$ is the gradient of the sum inside $i$, before it is squashed, and so for each "
        f"gate. The last lines leave for step {t - 1}."
    )
    for number, line in enumerate(chain_rule(bench, forward_step, step)):
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"${line.latex}$")
            key = f"chain_{bench.cell}_{bench.activation}_{number}"
            draw_matrices(_items(line, unit, number), key, on_select=select_unit)
            st.markdown(_spelled_out(line, unit))


def _items(line: BackwardLine, unit: int, wave: int) -> list[Item]:
    """The formula with numbers instead of symbols."""
    items: list[Item] = []
    for place, product in enumerate(line.products):
        if product.negative or place:
            items.append(Operator("−" if product.negative else "+"))
        items += _factors(product, unit)
    if line.slopes and len(line.products) > 1:
        items = [Operator("("), *items, Operator(")")]
    for slope in line.slopes:
        items += [Operator("⊙"), _vector(slope, unit)]
    result = MatrixView(
        line.result.symbol,
        formatted(line.result.value),
        "target",
        column=unit,
        selectable=True,
        wave=wave,
    )
    return [*items, Operator("="), result]


def _factors(product: Product, unit: int) -> list[Item]:
    first, *others = product.factors
    if any(factor.is_matrix for factor in others):
        # All numbers of the vector meet one column.
        items: list[Item] = [MatrixView(first.symbol, formatted(first.value), row=0)]
    else:
        items = [_vector(first, unit)]
    for factor in others:
        items += [Operator("·" if factor.is_matrix else "⊙"), _vector(factor, unit)]
    return items


def _vector(part: Part, unit: int) -> MatrixView:
    role: Role = "state" if part.is_matrix else "plain"
    return MatrixView(part.symbol, formatted(part.value), role, column=unit, selectable=True)


def _spelled_out(line: BackwardLine, unit: int) -> str:
    """The numbers of one unit: every product, their sum, and the slope that it meets."""
    texts = []
    for product in line.products:
        first, *others = product.factors
        if others and others[0].is_matrix:
            texts.append(format_product(first.value, others[0].value[:, unit]).partition(" = ")[0])
        else:
            texts.append("·".join(format_operand(each.value[unit]) for each in product.factors))
    total = ""
    for place, (text, product) in enumerate(zip(texts, line.products, strict=True)):
        sign = "−" if product.negative else "+" if place else ""
        total += f" {sign} {text}" if place else f"{sign}{text}"
    if line.slopes:
        numbers = "·".join(format_operand(slope.value[unit]) for slope in line.slopes)
        total = f"({total})·{numbers}" if len(line.products) > 1 else f"{total}·{numbers}"
    result = format_number(line.result.value[unit])
    return f"${line.result.latex}$, unit {unit + 1}: {total} = **{result}**"
