import type { Sheet } from "./sheet.ts";

/** For a mail or a ticket. */
export function markdownOf({ title, sections }: Sheet): string {
  const parts = sections.map(({ heading, text, values, steps }) =>
    [
      `## ${heading}`,
      ...(text === undefined ? [] : [text]),
      ...(values
        ? [
            [
              "| what | value |",
              "| --- | --- |",
              ...values.map(([label, value]) => `| ${label} | \`${value}\` |`),
            ].join("\n"),
          ]
        : []),
      ...(steps ? [steps.map((step) => `- ${step}`).join("\n")] : []),
    ].join("\n\n"),
  );
  return `${[`# ${title}`, ...parts].join("\n\n")}\n`;
}

const look = `body{font:11pt/1.5 system-ui,"Segoe UI",sans-serif;color:#1d1f24;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.1rem;margin:1.75rem 0 .5rem;break-after:avoid}section{break-inside:avoid}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #b9bcc4;padding:.4rem .6rem;text-align:left;vertical-align:top}th{width:34%;font-weight:600}
code{font-family:ui-monospace,Menlo,monospace;font-size:.9em;overflow-wrap:anywhere}@page{margin:18mm}@media print{body{margin:0;max-width:none}}`;

/** A page that prints well. */
export function pageOf({ title, sections }: Sheet): string {
  const parts = sections.map(({ heading, text, values, steps }) => {
    const table = values?.map(
      ([label, value]) => `<tr><th scope="row">${escaped(label)}</th><td><code>${escaped(value)}</code></td></tr>`,
    );
    return `<section><h2>${escaped(heading)}</h2>${text === undefined ? "" : `<p>${escaped(text)}</p>`}${
      table ? `<table><tbody>${table.join("")}</tbody></table>` : ""
    }${steps ? `<ul>${steps.map((step) => `<li>${escaped(step)}</li>`).join("")}</ul>` : ""}</section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${look}</style></head>
<body><h1>${escaped(title)}</h1>
${parts.join("\n")}
</body></html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
