#include "buffer.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

START_TEST(appends_and_forgets_bytes)
{
	struct buffer buffer = {0};

	ck_assert(buffer_append(&buffer, "hello", 5));
	ck_assert(buffer_append_byte(&buffer, '!'));
	buffer_consume(&buffer, 2);
	ck_assert_uint_eq(buffer.size, 4);
	ck_assert_mem_eq(buffer.data, "llo!", 4);
	buffer_fini(&buffer);
	ck_assert_ptr_null(buffer.data);
}
END_TEST

START_TEST(refuses_a_size_that_overflows)
{
	int *items = NULL;
	size_t capacity = 0;

	ck_assert(!grow(&items, &capacity, (size_t)-1, sizeof *items));
	ck_assert_ptr_null(items);
	ck_assert_uint_eq(capacity, 0);
}
END_TEST

START_TEST(appends_a_file_of_at_most_so_many_bytes)
{
	char path[] = "/tmp/file-XXXXXX";
	struct buffer buffer = {0};
	int file = mkstemp(path);

	ck_assert_int_eq(write(file, "llo", 3), 3);
	close(file);
	ck_assert(buffer_append(&buffer, "he", 2));
	ck_assert_int_eq(buffer_append_file(&buffer, path, 3), 0);
	ck_assert_uint_eq(buffer.size, 5);
	ck_assert_mem_eq(buffer.data, "hello", 5);
	ck_assert_int_eq(buffer_append_file(&buffer, path, 2), EFBIG);
	unlink(path);
	ck_assert_int_eq(buffer_append_file(&buffer, path, 3), ENOENT);
	ck_assert_int_eq(buffer_append_file(&buffer, "/", 3), EISDIR);
	buffer_fini(&buffer);
}
END_TEST

TCase *case_buffer(void)
{
	TCase *tcase = tcase_create("buffer");
	tcase_add_test(tcase, appends_and_forgets_bytes);
	tcase_add_test(tcase, refuses_a_size_that_overflows);
	tcase_add_test(tcase, appends_a_file_of_at_most_so_many_bytes);
	return tcase;
}
