/* A paragraph's own shape: the first half of its features. */
#ifndef SHAPE_H
#define SHAPE_H

#include "features.h"
#include "subject.h"

/* Whether it is prose, of at least so many words, and what tells: all other features become 0. */
void shape_prose(const struct subject *subject, unsigned prose_words, struct features *out);
/* The other features that are the paragraph's own. */
void shape_features(const struct subject *subject, struct features *out);

/* The last character of a text before closing quotes and brackets, 0 if there is none. */
uint32_t shape_last_character(const char *text, size_t size, size_t *end);

#endif
