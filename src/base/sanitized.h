/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sanitized.h - whether AddressSanitizer or ThreadSanitizer is built in: both
 * bring an allocator, and need calls and address space of their own. */
#ifndef EXTRACT_BASE_SANITIZED_H
#define EXTRACT_BASE_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BUILT_WITH_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define BUILT_WITH_SANITIZER 1
#endif
#endif
#ifndef BUILT_WITH_SANITIZER
#define BUILT_WITH_SANITIZER 0
#endif

#endif
