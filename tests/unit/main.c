#include "unit.h"

int main(void)
{
	TCase *(*const cases[])(void) = {case_ahead, case_analysis, case_article, case_buffer,
	    case_check, case_disguise, case_document, case_evidence, case_folded, case_forbidden,
	    case_hash, case_index, case_keyset, case_line, case_literal, case_markup, case_mould,
	    case_packed, case_paragraph, case_parse, case_pattern, case_phrase, case_place,
	    case_postings, case_queue, case_rule, case_rules, case_scan, case_seen, case_shape,
	    case_subject, case_suggest, case_text, case_title, case_url, case_wholes, case_writer};
	/* It is for what hangs: a machine may be slow, and sanitizers are. */
	setenv("CK_DEFAULT_TIMEOUT", "100", 0);
	Suite *suite = suite_create("declutter");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		suite_add_tcase(suite, cases[i]());
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
