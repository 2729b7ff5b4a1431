"""What others wrote elsewhere — pages, calendar files and feeds — as something a maker can begin with."""
