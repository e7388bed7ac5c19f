// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether and why TFLM refuses a model: it has no kernel for an operator, or the kernel's Prepare
// or Eval rejects the operator's types, scales or shapes. A refused model has no arena.
//
// The rules are those of the reference kernels that do not depend on the values of the inputs.
// Source: as in tflm_types.h; the tests compare with what TFLM says of each file.

#include <optional>
#include <string>

#include "types/graph.h"

namespace cost {

struct TflmRefusal {
    std::string where;   ///< "#3 SOFTMAX", "#3 SOFTMAX of subgraph 1"
    std::string reason;  ///< "needs output scale 1/256 exactly, has 0.00390624"

    std::string message() const { return "TFLM refuses " + where + ": " + reason; }
};

/// The first refused operator; nothing where TFLM takes the model.
std::optional<TflmRefusal> tflmRefusal(const types::Graph& graph);

/// The reason for one operator of `graph`.
std::optional<std::string> tflmRefusal(const types::Graph& graph, const types::Op& op);

}  // namespace cost
