#include "unit.h"
#include "url.h"

static void assert_host(const char *url, const char *expected)
{
	char host[HOST_SIZE];

	ck_assert(url_host(url, strlen(url), host) == (*expected != '\0'));
	ck_assert_str_eq(host, expected);
}

START_TEST(finds_the_host)
{
	assert_host("https://www.example.org/a/b?c=d:e@f", "www.example.org");
	assert_host("http://example.org", "example.org");
	assert_host("http://example.org?a", "example.org");
	assert_host("http://example.org#a", "example.org");
	assert_host("example.org", "example.org");
	assert_host("example.org/a", "example.org");
	assert_host("HTTPS://News.AZ@Example.ORG:8080/", "example.org");
	assert_host("https://ann:secret@example.org/", "example.org");
	assert_host("https://b\u00fccher.example/", "b\u00fccher.example");
	assert_host("", "");
	assert_host("https://", "");
	assert_host("https:///path", "");
	assert_host("ann@", "");
	assert_host(":80", "");
}
END_TEST

START_TEST(takes_no_host_that_is_too_long)
{
	char url[300], host[HOST_SIZE];

	memset(url, 'a', sizeof url);
	ck_assert(url_host(url, 253, host));
	ck_assert_uint_eq(strlen(host), 253);
	ck_assert(!url_host(url, 254, host));
	ck_assert_str_eq(host, "");
}
END_TEST

START_TEST(reads_nothing_behind_the_url)
{
	char host[HOST_SIZE];

	ck_assert(url_host("http://example.org.evil/", 18, host));
	ck_assert_str_eq(host, "example.org");
}
END_TEST

TCase *case_url(void)
{
	TCase *tcase = tcase_create("url");

	tcase_add_test(tcase, finds_the_host);
	tcase_add_test(tcase, takes_no_host_that_is_too_long);
	tcase_add_test(tcase, reads_nothing_behind_the_url);
	return tcase;
}
