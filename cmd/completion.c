#include "completion.h"

#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "options.h"

/* ---- what values there are ---- */

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The groups or languages of the rules, each once, in order, with something between them. */
static bool print_names(const struct declutter_rules *rules, bool languages, const char *between)
{
	size_t count = declutter_rules_count(rules), printed = 0;
	const char **names = calloc(count + 1, sizeof *names);

	if (!names)
		return refuse("--completion", "out of memory");
	for (size_t i = 0; i < count; i++) {
		const struct declutter_rule *rule = declutter_rules_get(rules, i, NULL);
		names[i] = languages ? rule->language : rule->group;
	}
	qsort(names, count, sizeof *names, compare_names);
	for (size_t i = 0; i < count; i++)
		if (*names[i] && (i == 0 || strcmp(names[i], names[i - 1]) != 0))
			printf("%s%s", printed++ ? between : "", names[i]);
	free(names);
	return true;
}

static bool is_list(const struct option_row *row)
{
	return row->choices && row->value && strcmp(row->value, "LIST") == 0;
}

static bool is_kind(const struct option_row *row, const char *kind)
{
	return row->choices && strcmp(row->choices, kind) == 0;
}

/* The words of the row's values, of which some come from the rules. */
static bool print_choices(const struct option_row *row, const struct declutter_rules *rules)
{
	if (is_kind(row, "<groups>") || is_kind(row, "<languages>"))
		return print_names(rules, is_kind(row, "<languages>"), " ");
	fputs(row->choices, stdout);
	return true;
}

static bool is_optional(const struct option_row *row)
{
	return row->value && row->value[0] == '[';
}

/* Text in single quotes of any of the shells. */
static void print_quoted(const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*text);
	}
}

/* ---- bash ---- */

static const char bash_start[] =
    "# bash completion for declutter, written by declutter --completion=bash\n"
    "_declutter_list() { # complete the last word of a list with commas\n"
    "\tlocal before=\n"
    "\t[[ $1 == *,* ]] && before=${1%,*},\n"
    "\tCOMPREPLY=($(compgen -P \"$before\" -W \"$2\" -- \"${1##*,}\"))\n"
    "\tcompopt -o nospace\n"
    "}\n"
    "_declutter() {\n"
    "\tlocal word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]}\n"
    "\t# Bash takes \"=\" for a word of its own.\n"
    "\tif [[ $word == = ]]; then\n"
    "\t\tword=\n"
    "\telif [[ $option == = ]]; then\n"
    "\t\toption=${COMP_WORDS[COMP_CWORD-2]}\n"
    "\tfi\n"
    "\tCOMPREPLY=()\n"
    "\tcase $option in\n";

static const char bash_end[] = "\tif [[ $word == -* ]]; then\n"
                               "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                               "\t\t[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
                               "\telse\n"
                               "\t\tcompopt -o default\n"
                               "\tfi\n"
                               "}\n"
                               "complete -F _declutter declutter\n";

static bool print_bash_case(const struct option_row *row, const struct declutter_rules *rules)
{
	/* Where the value may be left out, the next word is none. */
	if (row->code < OPT_FIRST && !is_optional(row))
		printf("\t-%c|", row->code);
	else
		putchar('\t');
	printf("--%s)\n", row->name);
	if (is_optional(row))
		printf("\t\tif [[ ${COMP_WORDS[COMP_CWORD]} == = || "
		       "${COMP_WORDS[COMP_CWORD-1]} == = ]]; then\n\t");
	if (!row->choices)
		fputs("\t\t", stdout);
	else if (is_kind(row, "<file>") || is_kind(row, "<directory>"))
		/* Bash's own completion of names knows how to quote them. */
		printf("\t\tcompopt -o %s; ", is_kind(row, "<file>") ? "default" : "dirnames");
	else if (is_list(row)) {
		fputs("\t\t_declutter_list \"$word\" \"", stdout);
		if (!print_choices(row, rules))
			return false;
		fputs("\"; ", stdout);
	} else {
		fputs("\t\tCOMPREPLY=($(compgen -W \"", stdout);
		if (!print_choices(row, rules))
			return false;
		fputs("\" -- \"$word\")); ", stdout);
	}
	fputs(is_optional(row) ? "return\n\t\tfi;;\n" : "return;;\n", stdout);
	return true;
}

static bool print_bash(const struct declutter_rules *rules)
{
	fputs(bash_start, stdout);
	for (const struct option_row *row = option_rows; row->name; row++)
		if (row->value && !print_bash_case(row, rules))
			return false;
	fputs("\tesac\n\tlocal options=\"", stdout);
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (row->code < OPT_FIRST)
			printf("-%c ", row->code);
		printf("--%s%s ", row->name, row->value && !is_optional(row) ? "=" : "");
	}
	fputs("\"\n", stdout);
	fputs(bash_end, stdout);
	return true;
}

/* ---- zsh ---- */

static void print_zsh_text(const char *text)
{
	for (; *text; text++) {
		if (strchr("[]:\\", *text))
			putchar('\\');
		if (*text == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*text);
	}
}

static bool print_zsh_value(const struct option_row *row, const struct declutter_rules *rules)
{
	bool done = true;

	if (!row->value)
		return true;
	/* A second colon: the value may be left out. */
	printf("%s%.*s:", is_optional(row) ? "::" : ":",
	    (int)strcspn(row->value + is_optional(row), "]"), row->value + is_optional(row));
	if (is_kind(row, "<file>"))
		fputs("_files", stdout);
	else if (is_kind(row, "<directory>"))
		fputs("_files -/", stdout);
	else if (is_list(row)) {
		printf("_values -s , %s ", row->value);
		done = print_choices(row, rules);
	} else if (row->choices) {
		putchar('(');
		done = print_choices(row, rules);
		putchar(')');
	}
	return done;
}

static bool print_zsh(const struct declutter_rules *rules)
{
	fputs("#compdef declutter\n"
	      "# zsh completion for declutter, written by declutter --completion=zsh\n"
	      "_arguments -s -S",
	    stdout);
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (row->code < OPT_FIRST) {
			printf(" \\\n\t'-%c%s[", row->code,
			    row->value && !is_optional(row) ? "+" : "");
			print_zsh_text(row->text);
			putchar(']');
			if (!is_optional(row) && !print_zsh_value(row, rules))
				return false;
			putchar('\'');
		}
		printf(" \\\n\t'--%s%s[", row->name,
		    !row->value        ? ""
		    : is_optional(row) ? "=-"
		                       : "=");
		print_zsh_text(row->text);
		putchar(']');
		if (!print_zsh_value(row, rules))
			return false;
		putchar('\'');
	}
	fputs(" \\\n\t'*:file:_files'\n", stdout);
	return true;
}

/* ---- fish ---- */

static bool print_fish(const struct declutter_rules *rules)
{
	fputs("# fish completion for declutter, written by declutter --completion=fish\n", stdout);
	for (const struct option_row *row = option_rows; row->name; row++) {
		printf("complete -c declutter -l %s", row->name);
		if (row->code < OPT_FIRST)
			printf(" -s %c", row->code);
		fputs(" -d '", stdout);
		print_quoted(row->text);
		putchar('\'');
		if (row->value && !is_optional(row))
			fputs(" -r", stdout);
		if (is_kind(row, "<directory>"))
			fputs(" -f -a '(__fish_complete_directories)'", stdout);
		else if (row->choices && !is_kind(row, "<file>")) {
			fputs(is_list(row) ? " -f -a '(__fish_append , " : " -f -a '", stdout);
			if (!print_choices(row, rules))
				return false;
			fputs(is_list(row) ? ")'" : "'", stdout);
		}
		putchar('\n');
	}
	return true;
}

bool completion_print(const char *shell, const struct declutter_rules *rules)
{
	if (strcmp(shell, "bash") == 0)
		return print_bash(rules);
	if (strcmp(shell, "zsh") == 0)
		return print_zsh(rules);
	if (strcmp(shell, "fish") == 0)
		return print_fish(rules);
	return refuse("--completion", "write bash, zsh or fish");
}
