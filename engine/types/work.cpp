// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/work.h"

#include <algorithm>
#include <thread>

namespace types {

int machineThreads() {
    static const int threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1u));
    return threads;
}

Work Work::part(double from, double to, const char* step) const {
    Work inner{stop, {}, threads};
    if (progress)
        inner.progress = [whole = progress, from, to, step](double share, const char* own) {
            whole(from + (to - from) * share, step ? step : own);
        };
    return inner;
}

}  // namespace types
