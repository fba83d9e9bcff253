// The words of the interface. The English stands in the code; the catalogs of locales/desk have the other languages.
import type { CoreFinding, DeskInfo, Message } from "./types";

let catalog: Record<string, string> = {};
let locale = "en-GB";

const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d[\d:.]*[+-]\d\d:\d\d)?$/;

/** Set the language of the interface to the one that the desk names. */
export function setLanguage({ language, languages, catalog: words }: Pick<DeskInfo, "language" | "languages" | "catalog">): void {
  const chosen = languages.find(({ code }) => code === language);
  catalog = words;
  locale = chosen?.locale ?? locale;
  document.documentElement.lang = chosen?.tag ?? "en";
}

/** Words in the language of the interface, with {names} replaced: t("Saved {time}", {time}). */
export function t(text: string, values: Record<string, string | number> = {}): string {
  const words = catalog[text] || text;
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Words that the server made. Values are translated too: words of the catalog, dates and moments. */
export function m(message: Message): string {
  const values = Object.entries(message.values ?? {}).map(([name, value]) => [name, catalog[value] || (MOMENT.test(value) ? dated(value) : value)]);
  return t(message.text, Object.fromEntries(values) as Record<string, string>);
}

/** A finding of the checks, whose message is English: other languages of the interface have an everyday sentence before it. */
export function told({ message, sentence }: CoreFinding): string {
  const words = sentence && !sentence.includes("{") ? catalog[sentence] : "";
  return words ? `${words}（${message}）` : message;
}

/** Words for a number: n(3, "{n} text", "{n} texts"). */
export function n(number: number, singular: string, plural: string, values: Record<string, string | number> = {}): string {
  return t(number === 1 ? singular : plural, { n: number, ...values });
}

/** A date such as 2018-08-21, or a moment, in words. */
function dated(value: string): string {
  const isDay = value.length === 10;
  const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
  return when(new Date(isDay ? `${value}T12:00+08:00` : value), isDay ? day : { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** A date or time, in Hong Kong time, as the language of the interface writes it. */
export function when(date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: "Asia/Hong_Kong", ...options }).format(date);
}
