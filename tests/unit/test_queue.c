#include "queue.h"
#include "unit.h"

START_TEST(keeps_the_order_when_it_grows_and_wraps_around)
{
	struct queue queue = {0};
	unsigned next = 0, oldest = 0;

	for (int round = 0; round < 50; round++) {
		for (int i = 0; i < 7; i++) {
			struct held *held = queue_push(&queue);
			ck_assert_ptr_nonnull(held);
			ck_assert(queue_append_bytes(&queue, "ab", 2));
			held->size = 2;
			held->lines = next++;
		}
		for (int i = 0; i < 5; i++) {
			ck_assert_uint_eq(queue_at(&queue, 0)->lines, oldest++);
			queue_pop(&queue);
		}
	}
	ck_assert_uint_eq(queue.count, 100);
	queue_fini(&queue);
}
END_TEST

START_TEST(gives_the_bytes_of_the_oldest)
{
	struct queue queue = {0};

	queue_push(&queue)->size = 3;
	ck_assert(queue_append_bytes(&queue, "one", 3));
	queue_push(&queue)->size = 3;
	ck_assert(queue_append_bytes(&queue, "two", 3));
	ck_assert_mem_eq(queue_front_bytes(&queue), "one", 3);
	queue_pop(&queue);
	ck_assert_mem_eq(queue_front_bytes(&queue), "two", 3);
	queue_push(&queue)->size = 5;
	ck_assert(queue_append_bytes(&queue, "three", 5));
	ck_assert_mem_eq(queue_front_bytes(&queue), "twothree", 8);
	ck_assert_uint_eq(queue_size(&queue), 8 + 2 * sizeof(struct held));
	queue_fini(&queue);
}
END_TEST

TCase *case_queue(void)
{
	TCase *tcase = tcase_create("queue");
	tcase_add_test(tcase, keeps_the_order_when_it_grows_and_wraps_around);
	tcase_add_test(tcase, gives_the_bytes_of_the_oldest);
	return tcase;
}
