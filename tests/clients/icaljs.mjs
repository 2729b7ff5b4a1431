// Reads a feed with ical.js and prints its dates: one JSON list of {uid, start, end} in UTC, days as they are.
import fs from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}

const moment = (time) => (time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString());

const dates = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const end = component.hasProperty("dtend") ? moment(event.endDate) : null;
  return { uid: event.uid, start: moment(event.startDate), end };
});
console.log(JSON.stringify(dates));
