// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware/stack_paint.h"

extern "C" uint32_t stackTop[], stackLimit[], ramBegin[], bssEnd[];

namespace firmware {

namespace {

constexpr uint32_t kPaint = 0xc5a3c5a3;
/// Number of words below the stack pointer that paintStack() may use itself.
constexpr int kOwnWords = 16;

}  // namespace

void paintStack() {
    const uint32_t* stack;
#if defined(__riscv)
    __asm__ volatile("mv %0, sp" : "=r"(stack));
#else
    __asm__ volatile("mov %0, sp" : "=r"(stack));
#endif
    // Volatile: nothing else reads these words, and the compiler must not call memset() here.
    for (volatile uint32_t* word = stackLimit; word < stack - kOwnWords; ++word)
        *word = kPaint;
}

uint32_t deepestStack() {
    const volatile uint32_t* word = stackLimit;
    while (word < stackTop && *word == kPaint)
        ++word;
    return static_cast<uint32_t>(stackTop - word) * sizeof *word;
}

bool stackIsExhausted() {
    return *static_cast<const volatile uint32_t*>(stackLimit) != kPaint;
}

uint32_t staticBytes() {
    return static_cast<uint32_t>(bssEnd - ramBegin) * sizeof *ramBegin;
}

}  // namespace firmware
