/* Functions that are compiled a second time for processors that can do more at once. */
#ifndef VECTOR_H
#define VECTOR_H

/* The C library picks the form at start. */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__clang__)
#define VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define VECTORISED
#endif

/*
 * What such a function calls must become a part of it; and what only fetches
 * memory, of its caller: compilers drop calls without effects.
 */
#define INLINED static inline __attribute__((always_inline))

#endif
