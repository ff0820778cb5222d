/** How every page of the front looks: by day and by night, on a phone and on a desk. All colours are chosen for 4.5 : 1 and more. */
export const look = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f5f2, #15161a); --card: light-dark(#ffffff, #1f2127); --line: light-dark(#dcd9d2, #363941);
  --text: light-dark(#1d1f24, #eceae5); --soft: light-dark(#595c64, #a9acb5); --link: light-dark(#3a3fc2, #a9b1ff);
  --accent: light-dark(#3f45cf, #8f98ff); --on-accent: light-dark(#ffffff, #14151c);
  --good: light-dark(#0d6b3c, #7fdcaa); --good-back: light-dark(#e0f3e7, #15352533);
  --bad: light-dark(#a3271d, #ffaca3); --bad-back: light-dark(#fbe7e4, #43201c66);
  --wait: light-dark(#7d5200, #f2c879); --wait-back: light-dark(#faf0d9, #3d2f1266);
  --mono: ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; z-index: 2; background: var(--card); padding: .5rem 1rem; }
.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top > div, main, .foot > div { width: min(76rem, 100% - 2rem); margin-inline: auto; }
.top > div { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; padding-block: .75rem; }
.brand { display: flex; align-items: center; gap: .625rem; font-weight: 650; color: inherit; text-decoration: none; margin-right: auto; }
.brand svg { width: 1.75rem; height: 1.75rem; flex: none; }
.brand small { font-weight: 400; color: var(--soft); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem; list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .375rem .75rem; border-radius: 2rem; color: var(--text); text-decoration: none; }
nav a:hover { background: var(--page); } nav a[aria-current] { background: var(--accent); color: var(--on-accent); }
main { padding-block: 2rem 3rem; }
h1 { font-size: clamp(1.625rem, 1.3rem + 1.6vw, 2.375rem); line-height: 1.15; letter-spacing: -.02em; margin: 0 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.25rem; letter-spacing: -.01em; margin: 2.5rem 0 .25rem; } h2 + p { margin: 0 0 1rem; color: var(--soft); }
h3 { font-size: 1.0625rem; margin: 0; }
p { margin: 0 0 1rem; } .lead { font-size: 1.125rem; color: var(--soft); max-width: 46rem; }
a { color: var(--link); } code, .mono { font-family: var(--mono); font-size: .875em; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.button { display: inline-block; padding: .625rem 1.125rem; border: 1px solid var(--accent); border-radius: .5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.button.plain { background: transparent; color: var(--link); border-color: var(--line); }
.actions { display: flex; flex-wrap: wrap; gap: .625rem; align-items: center; margin: 1.25rem 0 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: 1rem; list-style: none; margin: 1rem 0 0; padding: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.125rem 1.25rem; display: flex; flex-direction: column; gap: .625rem; }
.card p { margin: 0; } .card .head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem .75rem; }
.cards.wide { grid-template-columns: 1fr; } .card h2 { font-size: 1.0625rem; margin: 0; } .card ol { margin: 0; padding-left: 1.5rem; }
.good, .bad { padding: .0625rem .5rem; border-radius: 1rem; } .good { color: var(--good); background: var(--good-back); } .bad { color: var(--bad); background: var(--bad-back); }
.soft { color: var(--soft); } .small { font-size: .875rem; }
.card ul { margin: 0; padding-left: 1.125rem; } .card li { margin: .125rem 0; } .card .end { margin-top: auto; padding-top: .375rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; font-size: .9375rem; } dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
.tag { display: inline-block; padding: .0625rem .5rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .8125rem; white-space: nowrap; background: var(--card); color: var(--text); }
.tags { display: flex; flex-wrap: wrap; gap: .25rem; }
.numbers { display: flex; flex-wrap: wrap; gap: .5rem 2rem; list-style: none; padding: 0; margin: 1.25rem 0 0; } .numbers b { font-size: 1.5rem; letter-spacing: -.02em; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin-top: 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; } caption { text-align: left; padding: .75rem 1rem; color: var(--soft); }
th, td { text-align: left; vertical-align: top; padding: .625rem 1rem; border-top: 1px solid var(--line); } thead th { border-top: 0; font-weight: 600; color: var(--soft); font-size: .875rem; }
tbody th { font-weight: 600; } tbody th small { display: block; font-weight: 400; color: var(--soft); }
.ways { list-style: none; margin: 0; padding: 0; display: grid; gap: .25rem; justify-items: start; } .way { display: inline-block; padding: .125rem .625rem; border-radius: 1rem; text-decoration: none; } .way:hover { text-decoration: underline; } .ways small { display: block; max-width: 16rem; }
.wait { color: var(--wait); background: var(--wait-back); } .way.wait { color: var(--wait); } .board td { min-width: 11rem; }
.verdict { border-radius: .75rem; padding: 1rem 1.25rem; margin: 1rem 0; } .verdict p { margin: 0; } .verdict p + p { margin-top: .375rem; color: var(--text); } .verdict strong { font-size: 1.25rem; }
.cards.tokens { grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); } .tokens pre { white-space: pre-wrap; }
.steps { margin: 0; padding-left: 1.5rem; } .steps li { margin: .25rem 0; } ul.tags { list-style: none; padding: 0; margin: 0 0 1rem; }
pre { margin: 0; padding: .75rem 1rem; background: var(--page); border: 1px solid var(--line); border-radius: .5rem; overflow-x: auto; font-family: var(--mono); font-size: .8125rem; }
.note { background: var(--wait-back); border: 1px solid var(--line); border-left: .25rem solid var(--wait); border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
.foot { border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; } .foot > div { padding-block: 1.25rem 2rem; }
@media (max-width: 40rem) {
  main { padding-block: 1.25rem 2rem; } .top > div { gap: .5rem; } nav a { padding: .375rem .625rem; }
  .stack thead { position: absolute; clip-path: inset(50%); } .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; }
  .stack tr { border-top: 1px solid var(--line); padding: .625rem 0; } .stack tbody tr:first-child { border-top: 0; }
  .stack th, .stack td { border: 0; padding: .125rem 1rem; } .stack td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); }
}`;
