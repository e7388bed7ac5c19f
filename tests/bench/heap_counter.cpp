// SPDX-License-Identifier: GPL-3.0-or-later
#include "heap_counter.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<int64_t> held{0}, peak{0};

void* counted(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    const auto size = static_cast<int64_t>(malloc_usable_size(memory));
    const int64_t now = held.fetch_add(size) + size;
    int64_t most = peak.load();
    while (now > most && !peak.compare_exchange_weak(most, now)) {
    }
    return memory;
}

void release(void* memory) {
    held.fetch_sub(static_cast<int64_t>(malloc_usable_size(memory)));
    std::free(memory);
}

}  // namespace

void* operator new(size_t size) {
    return counted(std::malloc(size));
}
void* operator new(size_t size, std::align_val_t alignment) {
    const auto step = static_cast<size_t>(alignment);
    return counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void operator delete(void* memory) noexcept {
    release(memory);
}
void operator delete(void* memory, size_t) noexcept {
    release(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    release(memory);
}
void operator delete(void* memory, size_t, std::align_val_t) noexcept {
    release(memory);
}

namespace bench {

int64_t heapBytes() {
    return held.load();
}

int64_t takeHeapPeak() {
    return peak.exchange(held.load());
}

}  // namespace bench
