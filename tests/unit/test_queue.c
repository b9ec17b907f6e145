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

TCase *case_queue(void)
{
	TCase *tcase = tcase_create("queue");
	tcase_add_test(tcase, keeps_the_order_when_it_grows_and_wraps_around);
	return tcase;
}
