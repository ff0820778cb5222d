import { expect, test } from "vitest";
import { growth, markdown, ratio } from "../../../bench/table.ts";

test("a ratio says how many times dearer the figure is, of times as of rates", () => {
  const row = { name: "read", value: 50, base: 200 };
  expect(ratio(row)).toBe(0.25);
  expect(ratio(row, true)).toBe(4);
});

test("a table has a line a figure with the base before it, and its ratio of the unrounded figures", () => {
  const rows = [
    { name: "read", value: 1499.6, base: 14_999.4 },
    { name: "a long name", value: 0.4, base: 0.6 },
  ];
  expect(markdown({ title: "operation", columns: ["bare", "tenant"], rows, rates: true })).toBe(
    [
      "| operation   |  bare | tenant | ratio |",
      "| ----------- | ----: | -----: | ----: |",
      "| read        | 14999 |   1500 |  10.0 |",
      "| a long name |     1 |      0 |   1.5 |",
    ].join("\n"),
  );
  expect(markdown({ title: "page", columns: ["few", "many"], rows: rows.slice(1), digits: 2 })).toBe(
    [
      "| page        |  few | many | ratio |",
      "| ----------- | ---: | ---: | ----: |",
      "| a long name | 0.60 | 0.40 |   0.7 |",
    ].join("\n"),
  );
});

test("what is measured at several sizes has a column each, and how many times the first the last is", () => {
  const rows = [
    { name: "preview", values: [2, 2.04, 5] },
    { name: "check", values: [1, 1, 1] },
  ];
  expect(growth({ title: "seconds", columns: ["1", "10", "100"], rows })).toBe(
    [
      "| seconds |   1 |  10 | 100 | ratio |",
      "| ------- | --: | --: | --: | ----: |",
      "| preview | 2.0 | 2.0 | 5.0 |   2.5 |",
      "| check   | 1.0 | 1.0 | 1.0 |   1.0 |",
    ].join("\n"),
  );
});
