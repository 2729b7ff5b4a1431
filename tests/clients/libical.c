/* Reads a feed with libical and prints one line per date: uid, start and end in UTC (or days), tab-separated.
 * Exits 1 when libical's own check of the RFC 5545 rules finds an error, which is printed. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static void print_time(struct icaltimetype time) {
    if (icaltime_is_null_time(time)) {
        printf("\t-");
    } else if (time.is_date) {
        printf("\t%04d-%02d-%02d", time.year, time.month, time.day);
    } else {
        struct icaltimetype utc = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
        printf("\t%04d-%02d-%02dT%02d:%02d:00Z", utc.year, utc.month, utc.day, utc.hour, utc.minute);
    }
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    long size;
    char *text;
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    text = calloc(size + 1, 1);
    if (text && fread(text, 1, size, file) != (size_t)size) text[0] = 0;
    fclose(file);
    return text;
}

int main(int count, char **arguments) {
    char *text = count == 2 ? read_file(arguments[1]) : NULL;
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    icalcomponent *event;
    int errors;
    if (!calendar) {
        fputs("libical cannot read this file\n", stderr);
        return 2;
    }
    icalrestriction_check(calendar);
    errors = icalcomponent_count_errors(calendar);
    if (errors) fprintf(stderr, "%d errors\n%s", errors, icalcomponent_as_ical_string(calendar));
    for (event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
        printf("%s", icalcomponent_get_uid(event));
        print_time(icalcomponent_get_dtstart(event));
        print_time(end ? icalcomponent_get_dtend(event) : icaltime_null_time());
        putchar('\n');
    }
    free(text);
    return errors != 0;
}
