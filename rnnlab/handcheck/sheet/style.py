"""How a sheet of exercises looks, on paper and on a screen: CSS without colours."""

STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1rem; max-width: 50rem; color: #000; background: #fff;
  font: 1rem/1.4 "Liberation Sans", Arial, Helvetica, sans-serif;
}
i { font-family: "Liberation Serif", "Times New Roman", serif; font-size: 1.1em; }
sub { font-size: 0.7em; line-height: 0; }
h1 { font-size: 1.35rem; margin: 0 0 0.2rem; }
h2 { font-size: 1.05rem; margin: 0 0 0.4rem; }
.note { font-size: 0.85rem; font-weight: normal; }
p { margin: 0.3rem 0; }
.link { overflow-wrap: anywhere; }
.who { display: flex; flex-wrap: wrap; gap: 0.6rem 1.5rem; margin: 1.2rem 0 1rem; }
.who span { flex: 1 1 14rem; border-bottom: 1px solid; }
.who span:last-child { flex: 1 1 7rem; }
.exercise, .solution { border-top: 1.5px solid; padding: 0.7rem 0 0.9rem; break-inside: avoid; }
.exercise:first-child { border-top: 0; padding-top: 0; }
.row {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.6rem; margin: 0.5rem 0;
}
.formulas { gap: 0.15rem 1.6rem; }
.step { display: flex; gap: 0.8rem; align-items: baseline; margin: 0.55rem 0; }
.step > b { flex: 0 0 4.4rem; font-size: 0.9rem; }
.step .row { margin: 0; flex: 1; gap: 0.4rem 1.1rem; }
.named { display: inline-flex; align-items: center; gap: 0.4rem; white-space: nowrap; }
.matrix {
  position: relative; display: inline-block; vertical-align: middle; padding: 0.1rem 0.35rem;
}
.matrix::before, .matrix::after {
  content: ""; position: absolute; top: 0; bottom: 0; width: 0.3rem; border: 1.4px solid;
}
.matrix::before { left: 0; border-right: 0; }
.matrix::after { right: 0; border-left: 0; }
table { border-collapse: collapse; }
td {
  padding: 0.05rem 0.35rem; text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap;
}
.matrix .box { margin: 0.12rem 0; }
.box { display: block; width: 3rem; height: 1.75rem; border: 1px solid; border-radius: 2px; }
.single .box { display: inline-block; vertical-align: middle; }
.key { break-before: page; margin-top: 3rem; }
.solution .line {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem; margin: 0.3rem 0;
}
.solutions { columns: 22rem auto; column-gap: 2rem; }
.result { font-weight: bold; }
@media screen and (max-width: 30rem) {
  body { padding: 0.75rem; }
  .step { flex-direction: column; gap: 0.3rem; }
  .step > b { flex-basis: auto; }
  .named { flex-wrap: wrap; }
}
@media screen and (prefers-color-scheme: dark) { body { color: #eee; background: #111; } }
@page {
  size: A4; margin: 16mm 16mm 18mm;
  @bottom-center { content: counter(page) " / " counter(pages); font: 9pt Arial, sans-serif; }
}
@media print {
  :root { color-scheme: light; }
  body { padding: 0; max-width: none; color: #000; background: #fff; font-size: 10.5pt; }
  .key { margin-top: 0; }
  .exercise { padding-bottom: 5mm; }
  .box { width: 2.7rem; }
  .solutions { columns: 2; column-gap: 1.2rem; font-size: 9pt; }
  .solutions td { padding: 0.05rem 0.25rem; }
}
"""
