// Numbers, sizes and times as people read them.

const whole = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
const precise = new Intl.NumberFormat("en", {maximumSignificantDigits: 3});
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

export const ABSENT = "–";

export function number(value) {
  return value == null ? ABSENT : Math.abs(value) < 100 && !Number.isInteger(value)
    ? precise.format(value) : whole.format(value);
}

export function bytes(value) {
  if (value == null) {
    return ABSENT;
  }
  let unit = 0;
  let size = value;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit ? precise.format(size) : size} ${UNITS[unit]}`;
}

export function millis(value) {
  return value == null ? ABSENT : value >= 1000 ? `${precise.format(value / 1000)} s` : `${precise.format(value)} ms`;
}

export function clock(time) {
  return new Date(time).toLocaleTimeString("en-GB");
}

export function moment(time) {
  if (!time) {
    return ABSENT;
  }
  const date = new Date(time);
  const today = date.toDateString() === new Date().toDateString();
  return today ? clock(time) : `${date.toLocaleDateString("en-CA")} ${clock(time)}`;
}

export function age(time) {
  const seconds = Math.max(0, Math.round((Date.now() - new Date(time)) / 1000));
  if (seconds < 120) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A text of which only the beginning is shown. */
export function short(text, limit = 2000) {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
