// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs one model on many inputs on several threads. Program and weights are shared; every thread
// has its own arena.

#include <functional>

#include "lowering/execution.h"
#include "types/work.h"

namespace lowering {

struct BatchHooks {
    /// Writes the inputs of sample i, once per hop. Called on worker threads, concurrently for
    /// different samples.
    std::function<types::Result<void>(size_t sample, Execution& execution)> fill;
    /// Reads the outputs of sample i. Called like fill.
    std::function<void(size_t sample, const Execution& execution)> collect;
};

/// Runs samples 0 to count - 1 and resets the state before each; a streaming model reads the same
/// sample in every hop up to its first output. The first error ends the batch and is returned.
types::Result<void> runBatch(const Execution& model, size_t count, const BatchHooks& hooks,
                             const types::Work& work = {});

}  // namespace lowering
