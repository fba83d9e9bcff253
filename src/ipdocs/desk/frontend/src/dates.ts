// Dates as an office writes them: a time today, a day this week, a date in this year.
import { t, when } from "./words";

const DAY = 24 * 60 * 60 * 1000;

/** The day of a moment in Hong Kong, such as 2018-08-21. */
export function dayOf(moment: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Hong_Kong" }).format(moment);
}

/** A date or moment of the server as a Date; a date alone is its noon in Hong Kong. */
export function parse(text: string): Date {
  return new Date(text.length === 10 ? `${text}T12:00+08:00` : text);
}

/** Days from today to a date or moment: 0 is today, 1 tomorrow. */
export function daysFrom(text: string, now: Date): number {
  return Math.round((Date.parse(`${dayOf(parse(text))}T00:00Z`) - Date.parse(`${dayOf(now)}T00:00Z`)) / DAY);
}

/** A time of day, 18:30. */
export function clock(moment: Date): string {
  return when(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** A date, with its year only where it is another one, and its time if it has one: 21 Aug, 18:30. */
export function dateAndTime(text: string, now: Date): string {
  const moment = parse(text);
  const day = shortDay(moment, now);
  return text.length === 10 ? day : t("{day}, {time}", { day, time: clock(moment) });
}

/** A moment in the past: the time today, else the weekday within a week, else the date. */
export function ago(moment: Date, now: Date): string {
  const days = -daysFrom(dayOf(moment), now);
  if (days === 0) return clock(moment);
  return days > 0 && days < 7 ? when(moment, { weekday: "long" }) : shortDay(moment, now);
}

/** A date with its month in short. */
function shortDay(moment: Date, now: Date): string {
  const thisYear = dayOf(moment).slice(0, 4) === dayOf(now).slice(0, 4);
  return when(moment, { day: "numeric", month: "short", ...(thisYear ? {} : { year: "numeric" }) });
}
