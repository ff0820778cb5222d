/**
 * Letters that a reader takes for a Latin one, of those that may stand in a domain and that one script has for whole
 * words: https://www.unicode.org/Public/security/latest/confusables.txt
 */
const lookAlikes: Readonly<Record<string, string>> = {
  // Cyrillic
  ...{ а: "a", ԁ: "d", е: "e", ҽ: "e", һ: "h", і: "i", ӏ: "l", ј: "j", о: "o", р: "p", ԛ: "q", г: "r", ѕ: "s" },
  ...{ с: "c", ѵ: "v", ѡ: "w", ԝ: "w", х: "x", у: "y", ү: "y", б: "6" },
  // Greek
  ...{ α: "a", ι: "i", ϳ: "j", ο: "o", σ: "o", ρ: "p", υ: "u", ν: "v", γ: "y" },
  // Armenian
  ...{ ք: "f", ց: "g", հ: "h", ո: "n", ռ: "n", օ: "o", գ: "q", զ: "q", ս: "u", ա: "w" },
  // Latin
  ...{ ɑ: "a", ɡ: "g", ı: "i", ʋ: "u", ɯ: "w", ɣ: "y", ʏ: "y" },
  ...{ "0": "o", "1": "l" },
};

/** One text for all that look the same in lower case: to compare, never to show. https://www.unicode.org/reports/tr39/#Confusable_Detection */
export function skeletonOf(text: string): string {
  const letters = [...text.normalize("NFKC").toLowerCase()].map((letter) => lookAlikes[letter] ?? letter);
  return letters.join("").replaceAll("rn", "m").replaceAll("vv", "w");
}

/** https://www.unicode.org/reports/tr31/#Table_Recommended_Scripts */
const scripts =
  "Latin Cyrillic Greek Armenian Hebrew Arabic Han Hiragana Katakana Hangul Bopomofo Thai Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Lao Tibetan Myanmar Georgian Ethiopic Khmer Thaana"
    .split(" ")
    .map((name) => ({ name, has: new RegExp(String.raw`\p{Script=${name}}`, "u") }));

/** Scripts that stand together in one word: https://www.unicode.org/reports/tr39/#Restriction_Level_Detection */
const together = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
];

/** The scripts of a word where no language writes it with all of them; none where it is as it should be. */
export function mixedScripts(word: string): readonly string[] {
  const known = scripts.filter(({ has }) => has.test(word));
  // Common letters, such as the sign for a long vowel in Japanese, go with each script
  const letters = [...word].filter((sign) => /\p{L}/u.test(sign) && !/\p{Script=Common}/u.test(sign));
  const others = letters.some((sign) => !known.some(({ has }) => has.test(sign)));
  const found = [...known.map(({ name }) => name), ...(others ? ["other"] : [])];
  const usual = found.length < 2 || together.some((set) => found.every((name) => set.includes(name)));
  return usual ? [] : found;
}
