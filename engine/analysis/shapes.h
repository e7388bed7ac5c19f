// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Shape inference: what an operator's outputs must look like given its inputs and options. The
// rules are TFLite's (SAME padding: ceil(in / stride); VALID: ceil((in - reach + 1) / stride),
// reach = (filter - 1) * dilation + 1).

#include "types/graph.h"
#include "types/result.h"

namespace analysis {

/// Shapes of all outputs of `op`, in order. Operators whose rule we do not know, or whose output
/// depends on data known only at run time, give back the shapes the file declares.
types::Result<std::vector<types::Shape>> inferOutputShapes(const types::Graph& graph,
                                                           const types::Op& op);

/// False for operators whose outputs are taken as the file declares them.
bool hasShapeRule(types::OpKind kind);

/// True where the exporter left a dimension other than the batch open (-1 in the signature). Such
/// a tensor's shape says nothing until a runtime resizes the model, which ours never does; its
/// operators are counted as declared and not run.
bool hasOpenShape(const types::Tensor& tensor);

/// Length of one spatial output dimension, and the padding before it (TFLite: floor(total / 2)).
struct WindowExtent {
    int32_t output = 0;
    int32_t paddingBefore = 0;
};
WindowExtent windowExtent(types::Padding padding, int32_t input, int32_t filter, int32_t stride,
                          int32_t dilation);

}  // namespace analysis
