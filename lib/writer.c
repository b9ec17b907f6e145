#include "writer.h"

#include <string.h>

#include "paragraph.h"

void writer_init(struct writer *writer, const struct declutter_settings *settings)
{
	*writer = (struct writer){.settings = settings, .line = 1};
}

void writer_fini(struct writer *writer)
{
	buffer_fini(&writer->gap);
	buffer_fini(&writer->unwrapped);
}

static bool tell(struct writer *writer, const struct declutter_verdict *verdict)
{
	if (verdict->source_size == 0)
		return true;
	writer->stopped = !writer->settings->verdict(writer->settings->context, verdict);
	return !writer->stopped;
}

bool writer_flush(struct writer *writer)
{
	struct declutter_verdict verdict = writer->gathered;

	if (writer->stopped)
		return false;
	writer->gathered.source_size = 0;
	return tell(writer, &verdict);
}

/* Tell of a verdict, or gather it if it is one on kept lines as they came in. */
static bool give(struct writer *writer, const struct declutter_verdict *verdict)
{
	struct declutter_verdict *gathered = &writer->gathered;
	bool gathers = writer->settings->gather && verdict->kept &&
	               verdict->bytes == verdict->source && verdict->source_size > 0;

	if (gathers && gathered->source_size > 0 &&
	    gathered->source + gathered->source_size == verdict->source) {
		gathered->size = gathered->source_size += verdict->source_size;
		return true;
	}
	if (!writer_flush(writer))
		return false;
	if (!gathers)
		return tell(writer, verdict);
	*gathered = *verdict;
	return true;
}

/* The next lines of the input are these; nothing before them awaits a verdict. */
static void take(struct writer *writer, struct declutter_verdict *verdict, const char *bytes,
    size_t size, size_t lines)
{
	verdict->bytes = verdict->source = bytes;
	verdict->size = verdict->source_size = size;
	verdict->offset = writer->offset;
	verdict->line = writer->line;
	writer->offset += size;
	writer->line += lines;
}

static size_t count_line_ends(const char *bytes, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++)
		count += bytes[i] == '\n';
	return count;
}

static bool give_blank(struct writer *writer, const char *blanks, size_t size, bool kept)
{
	struct declutter_verdict verdict = {.kept = kept, .reason = DECLUTTER_BLANK};

	take(writer, &verdict, blanks, size, count_line_ends(blanks, size));
	return give(writer, &verdict);
}

static bool give_gap(struct writer *writer, bool kept)
{
	struct declutter_verdict *verdict = &writer->gap_verdict;
	struct buffer *gap = &writer->gap;

	verdict->bytes = verdict->source = gap->data;
	verdict->size = verdict->source_size = gap->size;
	verdict->kept = kept;
	gap->size = 0;
	/* At once: the next blank line takes its place. */
	return writer_flush(writer) && tell(writer, verdict);
}

/* A blank line is set aside until it is known whether one is kept there. */
static bool set_aside(struct writer *writer, const char *blanks, size_t size)
{
	if (size == 0)
		return true;
	writer->gap_verdict = (struct declutter_verdict){.reason = DECLUTTER_BLANK};
	take(writer, &writer->gap_verdict, blanks, size, count_line_ends(blanks, size));
	return buffer_append(&writer->gap, blanks, size);
}

bool writer_blanks(struct writer *writer, const char *blanks, size_t size, bool kept)
{
	if (size == 0 && writer->gap.size == 0)
		return true;
	const char *newline = memchr(blanks, '\n', size);
	size_t first = newline ? (size_t)(newline - blanks) + 1 : size;

	if (kept && !writer->dropped)
		return give_blank(writer, blanks, size, true);
	if (!writer->wrote || writer->gap.size > 0)
		first = 0;
	return set_aside(writer, blanks, first) && (!kept || give_gap(writer, true)) &&
	       give_blank(writer, blanks + first, size - first, false);
}

bool writer_lines(struct writer *writer, struct declutter_verdict *verdict, const char *bytes,
    size_t size, size_t lines)
{
	take(writer, verdict, bytes, size, lines);
	writer->wrote |= verdict->kept;
	writer->dropped = !verdict->kept;
	if (verdict->kept && writer->settings->unwrap && lines > 1) {
		writer->unwrapped.size = 0;
		if (!paragraph_unwrap(&writer->unwrapped, bytes, size))
			return false;
		verdict->bytes = writer->unwrapped.data;
		verdict->size = writer->unwrapped.size;
	}
	return give(writer, verdict);
}

bool writer_end(struct writer *writer)
{
	return give_gap(writer, false);
}
