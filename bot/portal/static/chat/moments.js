// Times as people in Vietnam write them, whatever the phone's own time zone.

const ZONE = "Asia/Ho_Chi_Minh";
const clock = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const calendar = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
const DAY_MS = 86_400_000;

/** ISO time → "08:05". */
export const timeOf = (iso) => clock.format(new Date(iso));

/** ISO date or time → "20/11/2026". */
export function dateOf(iso) {
  const plain = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (plain) return `${plain[3]}/${plain[2]}/${plain[1]}`;
  const parts = Object.fromEntries(calendar.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  return `${parts.day}/${parts.month}/${parts.year}`;
}

/** ISO time → "Hôm nay", "Hôm qua" or a date. */
export function dayOf(iso, now = Date.now()) {
  const day = dateOf(iso);
  if (day === dateOf(now)) return "Hôm nay";
  return day === dateOf(now - DAY_MS) ? "Hôm qua" : `Ngày ${day}`;
}
