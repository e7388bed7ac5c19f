// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Streaming models that are run once per hop, and whose CIRCULAR_BUFFERs collect hops.

#include <optional>

#include "types/graph.h"

namespace analysis {

/// The operators after a CIRCULAR_BUFFER run in every n-th run only. Returns n: the option
/// cycles_max or, where it is 0, what TFLM guesses from the shape (tflite-micro 90b983c2,
/// micro/kernels/circular_buffer_common.cc); nothing where the options cannot be read.
std::optional<int32_t> cyclesOf(const types::Graph& graph, const types::Op& op);

}  // namespace analysis
